package io.posthorn.inbound;

/** What came of a dispatch, or of an observer in it. */
enum DispatchOutcome {
    PROCESSED,
    FAILED,
    /** Of an observer that did not fail, and whose work was taken back since something else did. */
    ROLLED_BACK
}
