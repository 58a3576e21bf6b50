import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver of webhooks to try Posthorn with: prints what arrives, and whether its Standard Webhooks signature is
 * right. Run it with {@code java Sink.java <port> <whsec_…>}; real receivers use one of the Standard Webhooks libraries.
 */
public final class Sink {

    private static byte[] key;

    public static void main(String[] arguments) throws IOException {
        key = Base64.getDecoder().decode(arguments[1].substring("whsec_".length()));
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", Sink::receive);
        server.start();
    }

    private static void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
        boolean verified = Arrays.stream(signatures.split(" "))
                .anyMatch(signature -> MessageDigest.isEqual(signature.getBytes(), sign(id, timestamp, body)));
        System.out.println((verified ? "verified " : "FORGED ") + id + " " + new String(body));
        exchange.sendResponseHeaders(verified ? 204 : 401, -1);
        exchange.close();
    }

    private static byte[] sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes());
            return ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
