package io.posthorn.examples.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** The orders of the shop. */
@ApplicationScoped
class Orders {

    @PersistenceContext(unitName = "shop")
    EntityManager entities;

    void add(Order order) {
        entities.persist(order);
        entities.flush();
    }

    List<Order> all() {
        return entities.createQuery("SELECT o FROM ShopOrder o ORDER BY o.orderId", Order.class)
                .getResultList();
    }
}
