package io.posthorn.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A SOCKS5 proxy without authentication that keeps what it was asked to connect to.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928</a>
 */
final class SocksProxy implements AutoCloseable {

    private static final byte VERSION = 5;
    private static final byte CONNECT = 1;
    private static final byte IPV4 = 1;
    private static final byte NAME = 3;
    private static final byte IPV6 = 4;
    private static final byte REFUSED = 5;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> targets = new CopyOnWriteArrayList<>();

    SocksProxy() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "socks5://localhost:" + server.getLocalPort();
    }

    /** Where it was asked to connect to, as {@code address 127.0.0.1:80} or {@code name example.com:80}. */
    List<String> targets() {
        return targets;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            expect(in.readByte() == VERSION);
            in.readNBytes(in.readUnsignedByte());
            out.write(new byte[] {VERSION, 0});
            expect(in.readByte() == VERSION && in.readByte() == CONNECT && in.readByte() == 0);
            byte kind = in.readByte();
            String host = host(kind, in);
            int port = in.readUnsignedShort();
            targets.add((kind == NAME ? "name " : "address ") + host + ":" + port);
            relay(client, host, port);
        } catch (IOException endOfThisConnection) {
            // The client sees that it is closed.
        }
    }

    private static String host(byte kind, DataInputStream in) throws IOException {
        return switch (kind) {
            case IPV4 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            case IPV6 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
            case NAME -> new String(in.readNBytes(in.readUnsignedByte()), US_ASCII);
            default -> throw new IOException("address type " + kind);
        };
    }

    private void relay(Socket client, String host, int port) throws IOException {
        try (Socket target = new Socket(host, port)) {
            client.getOutputStream().write(answer((byte) 0));
            threads.execute(() -> copy(target, client));
            copy(client, target);
        } catch (ConnectException e) {
            client.getOutputStream().write(answer(REFUSED));
        }
    }

    private static byte[] answer(byte status) {
        return new byte[] {VERSION, status, 0, IPV4, 0, 0, 0, 0, 0, 0};
    }

    private static void copy(Socket from, Socket to) {
        try (Closeable source = from;
                Closeable sink = to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException endOfThisConnection) {
            // Both sides are closed.
        }
    }

    private static void expect(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("not SOCKS5");
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
