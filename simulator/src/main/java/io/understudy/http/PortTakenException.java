package io.understudy.http;

import java.io.IOException;
import java.io.Serial;

/** A listener cannot be opened because its port is in use. */
public final class PortTakenException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String bind;
    private final int port;

    PortTakenException(String bind, int port, Throwable cause) {
        super("port " + port + " on " + bind + " is in use", cause);
        this.bind = bind;
        this.port = port;
    }

    /** The address that was asked for. */
    public String bind() {
        return bind;
    }

    /** The port that was asked for. */
    public int port() {
        return port;
    }
}
