package io.understudy.scenarios;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Talk with a server in bytes that need not be HTTP. */
final class RawTalk {
    /** Only ends a test that would otherwise hang. */
    private static final int GIVE_UP_MILLIS = 20_000;

    private RawTalk() {}

    /** Sends the bytes and nothing more, and gives back everything that comes until the server ends the connection. */
    static String told(URI server, String... pieces) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(GIVE_UP_MILLIS);
            try {
                for (String piece : pieces) {
                    socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                }
                socket.shutdownOutput();
            } catch (SocketException e) {
                // the server has had enough; what it said may still be there
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static String status(String told) {
        return told.lines().findFirst().orElse("");
    }
}
