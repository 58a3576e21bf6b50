package io.posthorn.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Receives deliveries as the bytes that they are: an HTTP server would change the case of the headers' names. */
final class RawReceiver implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);

    private final ServerSocket server;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    RawReceiver() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "raw-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://localhost:" + server.getLocalPort() + "/";
    }

    /** The lines of the next request's head, the request line first. */
    List<String> awaitHead() {
        try {
            String request = requests.poll(StoryFixture.SOON.toSeconds(), TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("No request came");
            }
            return request.substring(0, request.indexOf("\r\n\r\n")).lines().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                requests.add(read(socket.getInputStream()));
                socket.getOutputStream().write(ANSWER);
            } catch (IOException closedOrGone) {
                // The loop ends if it is the server that was closed.
            }
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.write(next);
            String text = read.toString(ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                Matcher length = LENGTH.matcher(text);
                read.writeBytes(length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0]);
                return read.toString(ISO_8859_1);
            }
        }
        throw new IOException("The request ended early");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
