package io.understudy;

import io.understudy.http.Listener;
import io.understudy.http.Site;
import io.understudy.http.Stage;
import io.understudy.system.Addresses;
import io.understudy.system.NodeSpec;
import io.understudy.system.Simulator;
import io.understudy.system.SystemInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A world on the air: its systems' nodes listen until it is closed. */
public final class Simulation implements AutoCloseable {
    private final World world;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * A node that listens.
     *
     * @param system the system's name
     * @param name the node's name within the system
     * @param url its base URL, without a slash at its end
     */
    public record Node(String system, String name, URI url) {}

    private Simulation(World world) {
        this.world = world;
    }

    static Simulation start(Blueprint blueprint, String bind, Map<String, List<Integer>> ports) {
        Stage stage = Stage.shared();
        Map<String, Map<String, URI>> urls = new HashMap<>();
        Map<String, Addresses> addresses = new HashMap<>();
        for (Blueprint.Cast cast : blueprint.casts()) {
            Map<String, URI> ofSystem = new LinkedHashMap<>();
            urls.put(cast.system().name(), ofSystem);
            addresses.put(
                    cast.system().name(), node -> url(ofSystem, cast.system().name(), node));
        }
        Simulation simulation = new Simulation(new World(blueprint, stage.alarm(), stage.outbound(), addresses));
        try {
            for (Blueprint.Cast cast : blueprint.casts()) {
                String system = cast.system().name();
                simulation.listen(
                        stage,
                        bind,
                        cast,
                        ports.getOrDefault(system, List.of()),
                        Objects.requireNonNull(urls.get(system)));
            }
        } catch (IOException e) {
            simulation.close();
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            simulation.close();
            throw e;
        }
        return simulation;
    }

    private static URI url(Map<String, URI> urls, String system, String node) {
        URI url = urls.get(node);
        if (url == null) {
            throw new IllegalArgumentException(system + " has no node '" + node + "'; it has " + urls.keySet());
        }
        return url;
    }

    private void listen(Stage stage, String bind, Blueprint.Cast cast, List<Integer> ports, Map<String, URI> urls)
            throws IOException {
        String system = cast.system().name();
        SystemInstance instance = world.instance(system);
        int position = 0;
        for (NodeSpec node : cast.system().nodes(cast.settings())) {
            Site site = new Site(system, node.name(), instance.api(node.name()));
            Listener listener = stage.listen(bind, port(ports, position++), site, world.gateway());
            listeners.add(listener);
            URI url = URI.create(listener.url());
            urls.put(node.name(), url);
            nodes.add(new Node(system, node.name(), url));
        }
    }

    /** Ports that were not given count on from the last one that was; without any, each is free. */
    private static int port(List<Integer> ports, int position) {
        if (position < ports.size()) {
            return ports.get(position);
        }
        int last = ports.isEmpty() ? 0 : ports.get(ports.size() - 1);
        return last == 0 ? 0 : last + position - ports.size() + 1;
    }

    /** The world that is on the air. */
    public World world() {
        return world;
    }

    /**
     * The handle of a system.
     *
     * @throws IllegalArgumentException if the system is not in this world
     */
    public <S extends Simulator> S simulator(Class<S> type) {
        return world.simulator(type);
    }

    /** The nodes that listen, system by system in the registry's order. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** Whether its nodes listen. */
    public boolean isOpen() {
        return open;
    }

    /** Ends all connections and frees the ports. The world can still be looked at. Closing twice does nothing. */
    @Override
    public void close() {
        open = false;
        listeners.forEach(Listener::close);
        listeners.clear();
        world.gateway().reset();
    }
}
