package io.posthorn.examples.shop;

import java.math.BigDecimal;

/** What the payment provider tells: the order was paid, with so much. */
public record Payment(String orderId, BigDecimal amount, String currency) {}
