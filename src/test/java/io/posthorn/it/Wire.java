package io.posthorn.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they are, and reads what comes back: for requests that no client would let through. */
final class Wire {

    /** Longer than any answer may take. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final int MAX_READ = 1 << 20;

    private final int port;

    Wire(String url) {
        port = URI.create(url).getPort();
    }

    /** @param status 0 where the server closed the connection without a word, -1 where it neither answered nor closed */
    record Answer(int status, String text) {

        boolean isHang() {
            return status < 0;
        }

        boolean isServerError() {
            return status >= 500;
        }

        /** The body, if it is said to be JSON and was read to its end. */
        Optional<String> json() {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0 || text.length() > MAX_READ) {
                return Optional.empty();
            }
            String head = text.substring(0, end).toLowerCase(Locale.ROOT);
            if (!head.contains("\r\ncontent-type: application/json")) {
                return Optional.empty();
            }
            String body = text.substring(end + 4);
            String whole = head.contains("\r\ntransfer-encoding: chunked") ? withoutChunks(body) : body;
            return Optional.of(new String(whole.getBytes(ISO_8859_1), UTF_8));
        }

        private static String withoutChunks(String body) {
            StringBuilder whole = new StringBuilder();
            int start = 0;
            for (int size = -1; size != 0; ) {
                int line = body.indexOf("\r\n", start);
                size = Integer.parseInt(body.substring(start, line).trim(), 16);
                start = line + 2;
                whole.append(body, start, start + size);
                start += size + 2;
            }
            return whole.toString();
        }
    }

    Answer send(String method, String path, List<String> headers, byte[] body) {
        return send(request(method, path, headers, body));
    }

    static byte[] request(String method, String path, List<String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    Answer send(byte[] request) {
        return exchange(request, false);
    }

    /** Sends what may be the beginning of a request, and says that nothing more will come. */
    Answer sendAndEnd(byte[] request) {
        return exchange(request, true);
    }

    private Answer exchange(byte[] request, boolean end) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(request);
            if (end) {
                socket.shutdownOutput();
            }
            InputStream in = socket.getInputStream();
            byte[] chunk = new byte[8_192];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                read.write(chunk, 0, n);
                if (isComplete(read.toString(ISO_8859_1)) || read.size() > MAX_READ) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            return new Answer(-1, read.toString(ISO_8859_1));
        } catch (IOException closedByTheServer) {
            // What it said before counts.
        }
        String text = read.toString(ISO_8859_1);
        Matcher status = STATUS.matcher(text);
        return new Answer(status.lookingAt() ? Integer.parseInt(status.group(1)) : 0, text);
    }

    private static boolean isComplete(String text) {
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, head + 2));
        if (length.find()) {
            return text.length() >= head + 4 + Integer.parseInt(length.group(1));
        }
        boolean chunked = text.substring(0, head).toLowerCase(Locale.ROOT).contains("chunked");
        return !chunked || text.endsWith("0\r\n\r\n");
    }
}
