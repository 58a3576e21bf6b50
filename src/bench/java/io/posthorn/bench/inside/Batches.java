package io.posthorn.bench.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.OutboundMessage;
import io.posthorn.Webhooks;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import javax.sql.DataSource;

/** Writes messages with their deliveries, a transaction a call. */
@ApplicationScoped
public class Batches {

    /** The uid of the application that is published to; it has one endpoint. */
    public static final String APPLICATION = "bench";

    private static final JsonObject DATA =
            Json.createObjectBuilder().add("text", "x".repeat(900)).build();
    private static final byte[] PAYLOAD =
            ("{\"type\":\"bench\",\"timestamp\":\"" + Instant.EPOCH + "\",\"data\":" + DATA + "}").getBytes(UTF_8);

    @Inject
    Webhooks webhooks;

    @Resource(lookup = "java:app/jdbc/posthorn")
    DataSource dataSource;

    @Transactional
    public void publish(int size) {
        for (int i = 0; i < size; i++) {
            webhooks.publish(OutboundMessage.of("bench", DATA).to(APPLICATION));
        }
    }

    @Transactional
    public void publishAll(int size) {
        webhooks.publishAll(
                Collections.nCopies(size, OutboundMessage.of("bench", DATA).to(APPLICATION)));
    }

    /** @return the message's id */
    @Transactional
    public String publishOne() {
        return webhooks.publish(OutboundMessage.of("bench", DATA).to(APPLICATION));
    }

    @Transactional
    public void insert(int size) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement message = connection.prepareStatement(
                        "INSERT INTO posthorn_message (id, org_id, app_id, event_type, payload, created_at,"
                                + " payload_expires_at) SELECT ?, org_id, id, 'bench', ?, ?, ?"
                                + " FROM posthorn_application WHERE uid = 'bench'");
                PreparedStatement delivery = connection.prepareStatement(
                        "INSERT INTO posthorn_delivery (id, org_id, message_id, endpoint_id, status, attempts, due_at,"
                                + " created_at, updated_at) SELECT ?, e.org_id, ?, e.id, 'PENDING', 0, ?, ?, ?"
                                + " FROM posthorn_endpoint e JOIN posthorn_application a ON a.id = e.app_id"
                                + " WHERE a.uid = 'bench'")) {
            Timestamp now = Timestamp.from(Instant.now());
            for (int i = 0; i < size; i++) {
                String id = UUID.randomUUID().toString();
                message.setString(1, id);
                message.setBytes(2, PAYLOAD);
                message.setTimestamp(3, now);
                message.setTimestamp(4, now);
                message.addBatch();
                delivery.setString(1, "dlv_" + id);
                delivery.setString(2, id);
                delivery.setTimestamp(3, now);
                delivery.setTimestamp(4, now);
                delivery.setTimestamp(5, now);
                delivery.addBatch();
            }
            message.executeBatch();
            delivery.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
