package io.posthorn.rest;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The answer that a key holds. Only for reading: the table's times are the database's, and its changes plain SQL. */
@Entity
@Table(name = "posthorn_idempotency_key")
class IdempotentAnswer {

    @Id
    String id;

    int status;

    /** Encrypted. */
    byte[] body;
}
