package io.posthorn.inside;

import java.math.BigDecimal;

/** What the tests bind the data of an event to. */
public record Payment(String order, BigDecimal amount) {}
