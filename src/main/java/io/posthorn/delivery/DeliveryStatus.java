package io.posthorn.delivery;

/** What has become of a delivery. */
enum DeliveryStatus {
    /** An attempt is due, now or later. */
    PENDING,
    SUCCEEDED,
    /** No attempt will follow: a dead letter. */
    FAILED,
    /** Its endpoint is gone. */
    CANCELED
}
