package io.understudy.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** An open port, and the connections that came in through it. */
final class Door implements Listener {
    /** How many connections may be open at once; further ones are closed unanswered. A client that needs more leaks them. */
    static final int MAX_CONNECTIONS = 4_096;

    /** How many connections the system keeps for us before they are accepted; enough for a load test that begins at once. */
    static final int BACKLOG = 1_024;

    /** What speaks on the connections that came in through a door. */
    @FunctionalInterface
    interface Tongue {
        Connection speak(EndPoint endPoint, Door door, Backstage backstage) throws IOException;

        /** The door has closed. */
        default void fallSilent() {}
    }

    private final Stage stage;
    private final Backstage backstage;
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final Tongue tongue;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    Door(Stage stage, Backstage backstage, ServerSocketChannel channel, Tongue tongue) throws IOException {
        this.stage = stage;
        this.backstage = backstage;
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.tongue = tongue;
    }

    @Override
    public String url() {
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public int port() {
        return address.getPort();
    }

    /** How many connections are open. */
    int connections() {
        return connections.size();
    }

    Connection connect(EndPoint endPoint) throws IOException {
        return tongue.speak(endPoint, this, backstage);
    }

    boolean hasRoom() {
        return connections.size() < MAX_CONNECTIONS;
    }

    void opened(Connection connection) {
        connections.add(connection);
        if (closed.get()) {
            connection.close();
        }
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        backstage.stopAccepting(channel);
        for (Connection connection : connections) {
            if (connection instanceof SiteConnection ours) {
                ours.shut();
            } else {
                connection.close();
            }
        }
        tongue.fallSilent();
        stage.left();
    }
}
