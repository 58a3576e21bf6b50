package io.posthorn.delivery;

/** What has become of a delivery. */
enum DeliveryStatus {
    /** An attempt is due, now or later. */
    PENDING,
    SUCCEEDED,
    /** No attempt will follow: a dead letter. */
    FAILED,
    /** Not to be sent: the endpoint was disabled when the message came, or it or the content is gone. */
    CANCELED
}
