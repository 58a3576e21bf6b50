package io.posthorn.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A receiver that does what no HTTP server should. The path of a request says what. */
final class ChaoticReceiver implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int MEGABYTE = 1_048_576;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private volatile boolean closed;

    ChaoticReceiver() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url(String scheme, String misdeed) {
        return scheme + "://localhost:" + server.getLocalPort() + "/" + misdeed;
    }

    int requests(String misdeed) {
        return requests.getOrDefault(misdeed, 0);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String[] words = read(socket.getInputStream()).split(" ", 3);
            String misdeed = words.length > 1 ? words[1].substring(1) : "";
            requests.merge(misdeed, 1, Integer::sum);
            misbehave(misdeed, socket);
        } catch (IOException | InterruptedException expected) {
            // The other side gave up, which is what this is for.
        }
    }

    /** A whole request, since what is left unread resets the connection when that is closed; of anything else, the beginning. */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        String text = "";
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            read.write(chunk, 0, length);
            text = read.toString(ISO_8859_1);
            if (!text.startsWith("POST ") || isWhole(text)) {
                break;
            }
        }
        return text;
    }

    private static boolean isWhole(String request) {
        int end = request.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(request);
        return end >= 0 && request.length() >= end + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
    }

    private void misbehave(String misdeed, Socket socket) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        switch (misdeed) {
            case "reset" -> {
                write(out, OK + "Content-Length: 100\r\n\r\nhalf");
                socket.setSoLinger(true, 0);
            }
            case "silence" -> drain(socket.getInputStream());
            case "trickle" -> {
                write(out, OK + "Content-Length: 1000\r\n\r\n");
                for (int i = 0; i < 1000 && !closed; i++) {
                    write(out, "x");
                    TimeUnit.SECONDS.sleep(1);
                }
            }
            case "endless" -> {
                write(out, OK + "Transfer-Encoding: chunked\r\n\r\n");
                String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
                while (!closed) {
                    write(out, chunk);
                }
            }
            case "header" -> {
                write(out, OK + "X-Long: ");
                String part = "x".repeat(MEGABYTE);
                for (int i = 0; i < 100; i++) {
                    write(out, part);
                }
            }
            case "headers" -> {
                write(out, OK);
                for (int i = 0; i < 1_000_000; i++) {
                    write(out, "X-" + i + ": 1\r\n");
                }
            }
            case "stall" -> {
                write(out, OK + "Content-Length: 20001\r\n\r\n" + "x".repeat(20_000));
                drain(socket.getInputStream());
            }
            case "excess" -> write(out, OK + "Content-Length: 2\r\n\r\nok and more");
            case "short" -> write(out, OK + "Content-Length: 1000\r\nConnection: close\r\n\r\nless");
            case "garbage" -> write(out, "\0\1\2 this is no HTTP\r\n\r\n");
            case "nothing" -> {}
            case "closing" -> write(out, OK + "Content-Length: 2\r\n\r\nok");
            case "nul" -> write(out, OK + "Content-Length: 3\r\n\r\na\0b");
            case "binary" -> write(out, OK + "Content-Length: 3\r\n\r\n\u00FF\0a");
            default -> write(out, "HTTP/1.1 500 Odd\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
