package io.posthorn.bench.inside;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** {@code /bench} */
@Path("/")
@RequestScoped
public class BenchResource {

    @Inject
    Batches batches;

    @Inject
    PacedPublisher publisher;

    /** The ceiling of receiving: takes the body and does nothing. */
    @POST
    @Path("nothing")
    public Response nothing(byte[] body) {
        return Response.accepted().build();
    }

    /** Publishes transactions of so many messages together; answers with the nanoseconds that it took. */
    @GET
    @Path("publish-all")
    public long publishAll(@QueryParam("transactions") int transactions, @QueryParam("size") int size) {
        return nanos(transactions, () -> batches.publishAll(size));
    }

    /** The same, each message by a call of its own. */
    @GET
    @Path("publish")
    public long publish(@QueryParam("transactions") int transactions, @QueryParam("size") int size) {
        return nanos(transactions, () -> batches.publish(size));
    }

    /** The ceiling of publishing: the same rows by plain JDBC. */
    @GET
    @Path("insert")
    public long insert(@QueryParam("transactions") int transactions, @QueryParam("size") int size) {
        return nanos(transactions, () -> batches.insert(size));
    }

    private static long nanos(int transactions, Runnable transaction) {
        long started = System.nanoTime();
        for (int i = 0; i < transactions; i++) {
            transaction.run();
        }
        return System.nanoTime() - started;
    }

    /** Publishes at an even pace, {@code rate} messages a second. */
    @GET
    @Path("paced")
    public String paced(@QueryParam("rate") double rate, @QueryParam("count") int count) {
        return publisher.publish(rate, count);
    }
}
