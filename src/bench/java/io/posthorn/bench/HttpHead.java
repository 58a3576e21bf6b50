package io.posthorn.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The head of a request or an answer, as far as it tells where the body ends.
 *
 * @param firstLine of a request or of a status
 * @param length of the body; 0 where it is chunked
 * @param stays whether the connection stays open
 * @param id what the header {@code webhook-id} says; empty where there is none
 */
record HttpHead(String firstLine, int length, boolean chunked, boolean stays, String id) {

    /** @throws IOException if the connection is closed before the head has ended */
    static HttpHead read(InputStream in) throws IOException {
        String firstLine = readLine(in);
        int length = 0;
        boolean chunked = false;
        boolean stays = true;
        String id = "";
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
            if (header.startsWith("webhook-id:")) {
                id = line.substring(11).trim();
            }
            chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
            stays &= !(header.startsWith("connection:") && header.contains("close"));
        }
        return new HttpHead(firstLine, length, chunked, stays, id);
    }

    /** What of the path comes after its slash. */
    String path() {
        return firstLine.split(" ", 3)[1].substring(1);
    }

    void skipBody(InputStream in) throws IOException {
        for (int size = chunked ? chunkSize(in) : 0; size > 0; size = chunkSize(in)) {
            in.skipNBytes(size + 2L);
        }
        in.skipNBytes(chunked ? 2 : length);
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in).trim(), 16);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
