package io.posthorn.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address that neither accepts connections nor refuses them: its queue is full, and the kernel drops what comes then. */
final class BlackHole implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> queue = new ArrayList<>();

    BlackHole(String address, int port) throws IOException {
        server = new ServerSocket(port, 1, InetAddress.getByName(address));
        while (queueHasRoom()) {}
    }

    String address() {
        return server.getInetAddress().getHostAddress();
    }

    private boolean queueHasRoom() throws IOException {
        Socket socket = new Socket();
        queue.add(socket);
        try {
            socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queue) {
            socket.close();
        }
        server.close();
    }
}
