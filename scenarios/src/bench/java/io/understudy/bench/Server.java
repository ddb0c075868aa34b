package io.understudy.bench;

import io.javalin.Javalin;
import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.net.URI;

/** What is measured, and the least that a Javalin program can be, in one hand: a server that answers {@link #PATH}. */
interface Server extends AutoCloseable {
    /** The small GET that both answer, with the same body. */
    String PATH = "/api/v3/epoch";

    URI url();

    @Override
    void close();

    /** By name: {@code understudy} or {@code javalin}. */
    static Server start(String kind) {
        return switch (kind) {
            case "understudy" -> understudy();
            case "javalin" -> javalin();
            default -> throw new IllegalArgumentException("no server " + kind);
        };
    }

    /** A world with six proxies and a cluster, journal on, its clock following real time as standalone worlds' do. */
    static Server understudy() {
        Simulation simulation = Understudy.world()
                .system("undermoon")
                .preset(UndermoonPreset.worldSixProxies().cluster("mycluster", 4))
                .clock(ClockMode.real(1))
                .start();
        URI url = simulation.nodes().get(0).url();
        return new Server() {
            @Override
            public URI url() {
                return url;
            }

            @Override
            public void close() {
                simulation.close();
            }
        };
    }

    /** One GET route. */
    static Server javalin() {
        Javalin javalin = BareJavalin.start();
        URI url = URI.create("http://127.0.0.1:" + javalin.port());
        return new Server() {
            @Override
            public URI url() {
                return url;
            }

            @Override
            public void close() {
                javalin.stop();
            }
        };
    }

    /** One request over a connection of its own. */
    default void askOnce() throws IOException {
        try (Client client = new Client(url())) {
            client.get(PATH);
        }
    }
}
