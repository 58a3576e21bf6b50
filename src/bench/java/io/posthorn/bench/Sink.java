package io.posthorn.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Takes every request, notes when it came, and answers 200 at once; but nothing at all to {@code /hang}. */
final class Sink implements AutoCloseable {

    static final String HANG = "hang";

    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private volatile boolean noting;

    Sink() {
        try {
            server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    long requestsTo(String path) {
        LongAdder count = requests.get(path);
        return count == null ? 0 : count.sum();
    }

    /** Notes from now on when each message comes, by the clock of {@link System#nanoTime}, one for all processes on Linux. */
    void noteArrivals() {
        arrivals.clear();
        noting = true;
    }

    /** When each message came, by its id, since arrivals have been noted. */
    Map<String, Long> arrivals() {
        return arrivals;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    private void serve(Socket connection) {
        try (Socket socket = connection) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                HttpHead head = HttpHead.read(in);
                if (noting) {
                    arrivals.putIfAbsent(head.id(), System.nanoTime());
                }
                head.skipBody(in);
                requests.computeIfAbsent(head.path(), path -> new LongAdder()).increment();
                if (head.path().equals(HANG)) {
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
                socket.getOutputStream().write(OK);
            }
        } catch (IOException closed) {
            // As clients do.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
