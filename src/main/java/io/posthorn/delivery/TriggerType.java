package io.posthorn.delivery;

/** What set an attempt off, with the number that the Svix API gives it. */
enum TriggerType {
    SCHEDULED(0),
    MANUAL(1);

    private final int code;

    TriggerType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
