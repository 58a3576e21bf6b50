package io.posthorn.examples.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** An order that was paid. */
@Entity(name = "ShopOrder") // ORDER is a word of the query language
@Table(name = "shop_order")
public class Order {

    @Id
    @Column(name = "order_id")
    private String orderId;

    @Column(precision = 12, scale = 2)
    private BigDecimal amount;

    private String currency;

    protected Order() {}

    Order(Payment payment) {
        orderId = payment.orderId();
        amount = payment.amount();
        currency = payment.currency();
    }

    public String getOrderId() {
        return orderId;
    }

    public BigDecimal getAmount() {
        return amount;
    }

    public String getCurrency() {
        return currency;
    }
}
