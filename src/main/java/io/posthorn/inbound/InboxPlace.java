package io.posthorn.inbound;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The place of an event in a line. */
@Entity
@Table(name = "posthorn_inbox_place")
class InboxPlace {

    @Id
    @Column(name = "event_id")
    String eventId;

    String line;

    /** Smaller ones go first. */
    long place;

    static InboxPlace of(String eventId, String line, long place) {
        InboxPlace taken = new InboxPlace();
        taken.eventId = eventId;
        taken.line = line;
        taken.place = place;
        return taken;
    }
}
