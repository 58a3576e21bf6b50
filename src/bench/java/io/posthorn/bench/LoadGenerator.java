package io.posthorn.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Posts over connections that stay open, each in a closed loop; costs far less than any server it asks. */
final class LoadGenerator {

    private final int port;
    private final int connections;

    LoadGenerator(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** What became of a load. */
    record Accepted(long count, double perSecond) {}

    /**
     * @param requests makes the bytes of each request
     * @throws IllegalStateException if one was not accepted
     */
    Accepted send(Duration duration, Supplier<byte[]> requests) {
        LongAdder accepted = new LongAdder();
        long started = System.nanoTime();
        long end = started + duration.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Future<?>> loops = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            loops.add(threads.submit(() -> {
                loop(end, requests, accepted);
                return null;
            }));
        }
        try {
            for (Future<?> loop : loops) {
                loop.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
        return new Accepted(accepted.sum(), accepted.sum() / ((System.nanoTime() - started) / 1e9));
    }

    private void loop(long end, Supplier<byte[]> requests, LongAdder accepted) throws IOException {
        while (System.nanoTime() < end) {
            untilClosed(end, requests, accepted);
        }
    }

    /** Servers close a connection after so many requests, and say so. */
    private void untilClosed(long end, Supplier<byte[]> requests, LongAdder accepted) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean open = true;
            while (open && System.nanoTime() < end) {
                socket.getOutputStream().write(requests.get());
                open = readAnswer(in);
                accepted.increment();
            }
        }
    }

    /**
     * @return whether the connection stays open
     * @throws IOException unless the request was accepted
     */
    private static boolean readAnswer(InputStream in) throws IOException {
        HttpHead head = HttpHead.read(in);
        head.skipBody(in);
        if (!head.firstLine().startsWith("HTTP/1.1 2")) {
            throw new IOException(head.firstLine());
        }
        return head.stays();
    }

    static byte[] post(String path, String headers, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n" + headers + "\r\n" + body)
                .getBytes(ISO_8859_1);
    }
}
