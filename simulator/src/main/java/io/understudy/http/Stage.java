package io.understudy.http;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server that all worlds of a process share.
 *
 * <p>It opens with its first listener and closes with its last: while no world listens there is no thread of ours, and a
 * further world costs no thread.
 *
 * <p>{@link #shared()} is the one thing in Understudy that is static and changes. It holds sockets and threads, which belong
 * to the process, and nothing of any world.
 */
public final class Stage {
    private static final Stage SHARED = new Stage();

    private @Nullable Backstage backstage;
    private int listeners;

    Stage() {}

    /** The stage of this process. */
    public static Stage shared() {
        return SHARED;
    }

    /**
     * Opens a port on which the site answers.
     *
     * @param bind the address to listen on, such as {@code 127.0.0.1} or {@code 0.0.0.0}
     * @param port the port; 0 for any free one
     * @param site what answers
     * @param gateway the way into the site's world
     * @throws PortTakenException if the port is in use
     * @throws IOException if it cannot be listened on for another reason: the address is not one of this machine, or the
     *     process may not use that port
     */
    public Listener listen(String bind, int port, Site site, Gateway gateway) throws IOException {
        return open(bind, port, site, gateway);
    }

    /** Opens a port on which an ordinary REST API answers; otherwise the same. */
    public Listener listen(String bind, int port, RestSite site) throws IOException {
        return listen(bind, port, () -> site);
    }

    /** The same for an API that is put together when its first client connects, so that a start does not wait for it. */
    public Listener listen(String bind, int port, Supplier<RestSite> site) throws IOException {
        return open(bind, port, new RestTongue(site));
    }

    /** The same for whatever takes requests. */
    Listener open(String bind, int port, Site site, Intake intake) throws IOException {
        return open(bind, port, (endPoint, door, behind) -> new SiteConnection(endPoint, door, site, intake, behind));
    }

    private synchronized Listener open(String bind, int port, Door.Tongue tongue) throws IOException {
        if (backstage == null) {
            backstage = new Backstage();
        }
        try {
            Listener listener = backstage.open(this, bind, port, tongue);
            listeners++;
            return listener;
        } finally {
            stopIfEmpty();
        }
    }

    /** Called by a listener that has closed. */
    synchronized void left() {
        listeners--;
        stopIfEmpty();
    }

    private void stopIfEmpty() {
        if (listeners == 0 && backstage != null) {
            backstage.stop();
            backstage = null;
        }
    }

    /** The way out for worlds that are on the air. */
    public Outbound outbound() {
        return (method, url, contentType, body) -> OutboundClient.shared().send(method, url, contentType, body);
    }

    /** Rings only while the stage is open: without a listener there is no client to wait for. */
    public Alarm alarm() {
        return (realTime, action) -> {
            Backstage open;
            synchronized (this) {
                open = backstage;
            }
            return open == null ? () -> {} : open.in(realTime, action);
        };
    }
}
