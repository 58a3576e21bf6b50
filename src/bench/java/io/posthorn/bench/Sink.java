package io.posthorn.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Takes every request and answers 200 at once, except below {@code /hang}, where it never answers. */
final class Sink implements AutoCloseable {

    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LongAdder requests = new LongAdder();
    private volatile Consumer<byte[]> listener = body -> {};

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

    long requests() {
        return requests.sum();
    }

    /** @param listener told the body of each request that is answered */
    void listen(Consumer<byte[]> listener) {
        this.listener = listener;
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
                String requestLine = LoadGenerator.readLine(in);
                int length = 0;
                for (String line = LoadGenerator.readLine(in); !line.isEmpty(); line = LoadGenerator.readLine(in)) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(line.substring(15).trim());
                    }
                }
                byte[] body = in.readNBytes(length);
                if (requestLine.startsWith("POST /hang")) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                    return;
                }
                listener.accept(body);
                requests.increment();
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
