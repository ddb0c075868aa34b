package io.understudy.control;

import io.understudy.Simulation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The worlds of a standalone server: the one it was started with, and those that clients have asked for. Thread-safe. */
public final class Worlds implements AutoCloseable {
    /** The id of the world that the server was started with. */
    public static final String DEFAULT_ID = "default";

    /** A world holds at most some tens of megabytes (its journal); clients that forget to delete theirs are told so here. */
    public static final int MAX_WORLDS = 256;

    private final Catalogue catalogue;
    private final Map<String, Simulation> open = new LinkedHashMap<>();
    private long nextNumber = 1;
    private boolean closed;

    /** A world on the air and its id. */
    record Open(String id, Simulation simulation) {}

    /**
     * With one world on the air.
     *
     * @param catalogue what further worlds are made of
     * @param first the default world; closed with the others
     */
    public Worlds(Catalogue catalogue, Simulation first) {
        this.catalogue = catalogue;
        open.put(DEFAULT_ID, first);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    synchronized List<Open> all() {
        return open.entrySet().stream()
                .map(entry -> new Open(entry.getKey(), entry.getValue()))
                .toList();
    }

    synchronized Optional<Open> find(String id) {
        return Optional.ofNullable(open.get(id)).map(simulation -> new Open(id, simulation));
    }

    /**
     * Brings up one more world, on free ports of the loopback.
     *
     * @throws IllegalArgumentException if the plan asks for something that does not exist
     * @throws Problem.Refused if there are {@link #MAX_WORLDS} already
     */
    Open start(WorldPlan plan) {
        Simulation simulation = plan.begin(catalogue).start();
        synchronized (this) {
            if (!closed && open.size() < MAX_WORLDS) {
                String id = "world-" + nextNumber++;
                open.put(id, simulation);
                return new Open(id, simulation);
            }
        }
        simulation.close();
        throw Problem.of(409, "there are " + MAX_WORLDS + " worlds already; DELETE /worlds/{id} those that are done")
                .refused();
    }

    /** Closes the world of that id and says whether there was one. */
    boolean delete(String id) {
        Simulation simulation;
        synchronized (this) {
            simulation = open.remove(id);
        }
        if (simulation != null) {
            simulation.close();
        }
        return simulation != null;
    }

    /** Closes every world. */
    @Override
    public void close() {
        List<Simulation> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open.values());
            open.clear();
        }
        all.forEach(Simulation::close);
    }
}
