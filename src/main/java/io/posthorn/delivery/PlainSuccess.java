package io.posthorn.delivery;

/** A success of the schedule after which there is nothing to do but to record it. */
record PlainSuccess(DueDelivery due, AttemptResult result) {

    /** Whether an attempt is one: nobody is alerted, and the endpoint has no failures to be forgotten. */
    static boolean is(DueDelivery due, AttemptResult result) {
        return result.isSuccess()
                && due.trigger() == TriggerType.SCHEDULED
                && due.endpoint().failingSince().isEmpty()
                && due.delivery().attempts == 0;
    }
}
