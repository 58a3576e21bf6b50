package io.posthorn.examples.shop;

/** A payment that pays nothing. */
class PaymentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PaymentRefusedException(Payment payment) {
        super("Order " + payment.orderId() + " cannot be paid with " + payment.amount() + " " + payment.currency());
    }
}
