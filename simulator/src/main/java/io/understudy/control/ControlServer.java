package io.understudy.control;

import io.understudy.http.Listener;
import io.understudy.http.Stage;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The control API on the air. */
public final class ControlServer implements AutoCloseable {
    /** The port it has unless told otherwise. */
    public static final int DEFAULT_PORT = 7700;

    private static final String LOOPBACK = "127.0.0.1";

    private final Listener listener;

    private ControlServer(Listener listener) {
        this.listener = listener;
    }

    /**
     * Listens on the loopback or, if there is a token, on that address.
     *
     * @param worlds what it controls; stays open when the server is closed
     * @param bind the address to listen on; one that is not a loopback address counts only together with a token
     * @param port 0 for any free one
     * @param token what clients must show as {@code Authorization: Bearer}; null for nothing
     * @throws IOException if it cannot listen there, most often a {@link io.understudy.http.PortTakenException}
     */
    public static ControlServer start(Worlds worlds, String bind, int port, @Nullable String token) throws IOException {
        String address = token != null || InetAddress.getByName(bind).isLoopbackAddress() ? bind : LOOPBACK;
        return new ControlServer(Stage.shared().listen(address, port, () -> new ControlApi(worlds, token).site()));
    }

    /** Its base URL, without a slash at its end. */
    public String url() {
        return listener.url();
    }

    /** Frees the port. Closing twice does nothing. */
    @Override
    public void close() {
        listener.close();
    }
}
