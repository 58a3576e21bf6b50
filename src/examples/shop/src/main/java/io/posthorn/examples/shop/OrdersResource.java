package io.posthorn.examples.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code GET /shop/orders}: the orders that were paid. */
@Path("/orders")
@RequestScoped
public class OrdersResource {

    @Inject
    Orders orders;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Order> all() {
        return orders.all();
    }
}
