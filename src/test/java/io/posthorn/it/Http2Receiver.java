package io.posthorn.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Receives deliveries over HTTP/2 and TLS, frame by frame (RFC 9113), so that it can do what no server's interface lets one
 * ask for. It reads no header.
 */
public final class Http2Receiver implements AutoCloseable {

    public static final int NO_ERROR = 0;
    public static final int REFUSED_STREAM = 7;
    public static final int ENHANCE_YOUR_CALM = 11;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    /** {@code :status: 200}, from HPACK's table. */
    private static final byte[] STATUS_200 = {(byte) 0x88};

    private final SSLServerSocket server;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final List<Connection> requests = new CopyOnWriteArrayList<>();
    private volatile IntFunction<Reaction> reactions = n -> Connection::succeed;

    /** What is done about a request whose last frame has come. */
    public interface Reaction {
        void to(Connection connection, int stream) throws IOException;
    }

    public Http2Receiver(SSLContext tls) {
        try {
            server = (SSLServerSocket)
                    tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SSLParameters offer = server.getSSLParameters();
        offer.setApplicationProtocols(new String[] {"h2"});
        server.setSSLParameters(offer);
        start(this::accept);
    }

    public String url(String path) {
        return "https://localhost:" + server.getLocalPort() + path;
    }

    /** @param ofNth what is done about the n-th request, counted from 1; all succeed until it is said */
    public void react(IntFunction<Reaction> ofNth) {
        reactions = ofNth;
    }

    /** For each request that was received whole, the connection that it came by. */
    public List<Connection> requests() {
        return List.copyOf(requests);
    }

    /** The connections that neither side has closed. */
    public Set<Connection> connections() {
        return Set.copyOf(open);
    }

    /** Each of several requests at once has a number of its own. */
    private synchronized int keep(Connection of) {
        requests.add(of);
        return requests.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            if (socket.getApplicationProtocol().equals("h2")) {
                Connection connection = new Connection(socket);
                open.add(connection);
                try {
                    connection.serve();
                } finally {
                    open.remove(connection);
                }
            }
        } catch (IOException ended) {
            // By either side.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "http2-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Connection connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that speaks HTTP/2. */
    public final class Connection {

        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        private void serve() throws IOException {
            in.readFully(new byte[PREFACE.length]);
            write(SETTINGS, 0, 0, new byte[0]);
            while (true) {
                int lengthAndType = in.readInt();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(lengthAndType >>> 8);
                consume(lengthAndType & 0xff, flags, stream, payload);
            }
        }

        private void consume(int type, int flags, int stream, byte[] payload) throws IOException {
            if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
                write(type, ACK, 0, type == PING ? payload : new byte[0]);
            }
            if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
                reactions.apply(keep(this)).to(this, stream);
            }
        }

        /** Answers a request with 200. */
        public void succeed(int stream) throws IOException {
            write(HEADERS, END_STREAM | END_HEADERS, stream, STATUS_200);
        }

        public void reset(int stream, int error) throws IOException {
            write(RST_STREAM, 0, stream, numbers(error));
        }

        /** @param last the last stream that was, or may still be, processed */
        public void goAway(int last, int error) throws IOException {
            write(GOAWAY, 0, 0, numbers(last, error));
        }

        public void close() throws IOException {
            socket.close();
        }

        private synchronized void write(int type, int flags, int stream, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
            frame.putInt(payload.length << 8 | type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload);
            out.write(frame.array());
            out.flush();
        }

        private static byte[] numbers(int... numbers) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
            for (int number : numbers) {
                bytes.putInt(number);
            }
            return bytes.array();
        }
    }
}
