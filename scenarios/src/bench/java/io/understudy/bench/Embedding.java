package io.understudy.bench;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.undermoon.UndermoonPreset;
import java.util.List;

/** What a world costs inside somebody's test. */
final class Embedding implements Benchmarks.Part {
    private static final int WORLDS = 200;

    @Override
    public void measure(Benchmarks.Budget budget, Report report) throws Exception {
        Report.Comparison table = report.comparison(
                "Embedding",
                "Medians in a warm JVM; a world of Undermoon with six proxies and a cluster. The lower rows are measured in JVMs of"
                        + " their own.");
        startAndStop(budget, table);
        reset(budget, table);
        manyAtOnce(table);
        retainedHeap(budget, table);
        table.end();
    }

    /** A life: up, one request, down. */
    private static final class Lives {
        private final Sample whole = new Sample();
        private final Sample stop = new Sample();

        void live(String kind) throws Exception {
            whole.time(() -> {
                Server server = Server.start(kind);
                server.askOnce();
                stop.time(() -> {
                    server.close();
                    return server;
                });
                return server;
            });
        }
    }

    private static void startAndStop(Benchmarks.Budget budget, Report.Comparison table) throws Exception {
        Lives warmUp = new Lives();
        for (int i = 0; i < budget.of(40, 5); i++) {
            warmUp.live("understudy");
            warmUp.live("javalin");
        }
        Lives alone = new Lives();
        Lives further = new Lives();
        Lives javalin = new Lives();
        for (int i = 0; i < budget.of(60, 5); i++) {
            alone.live("understudy");
            javalin.live("javalin");
            try (Server other = Server.understudy()) {
                other.askOnce();
                further.live("understudy");
            }
        }
        String life = "bare Javalin: start, request, stop";
        String stop = "bare Javalin: stop";
        Report.Limit most15 = new Report.Limit.AtMost(15);
        Report.Limit most10 = new Report.Limit.AtMost(10);
        table.row("start, first request, stop", alone.whole.median(), "ms", javalin.whole.median(), most15, life)
                .row(
                        "the same beside another world",
                        further.whole.median(),
                        "ms",
                        javalin.whole.median(),
                        most15,
                        life)
                .row("stop", alone.stop.median(), "ms", javalin.stop.median(), most10, stop)
                .row("stop beside another world", further.stop.median(), "ms", javalin.stop.median(), most10, stop);
    }

    private static void reset(Benchmarks.Budget budget, Report.Comparison table) throws Exception {
        Sample reset = new Sample();
        Sample restart = new Sample();
        try (Simulation simulation = Understudy.world()
                        .system("undermoon")
                        .preset(UndermoonPreset.worldSixProxies().cluster("mycluster", 4))
                        .start();
                Client client = new Client(simulation.nodes().get(0).url())) {
            for (int i = 0; i < budget.of(300, 20); i++) {
                for (int request = 0; request < 20; request++) {
                    client.get(Server.PATH);
                }
                (i < budget.of(100, 10) ? new Sample() : reset).time(() -> {
                    simulation.world().reset();
                    return simulation;
                });
            }
            for (int i = 0; i < budget.of(60, 5); i++) {
                restart.time(() -> {
                    Server.understudy().close();
                    return simulation;
                });
            }
        }
        table.row(
                "reset after 20 requests",
                reset.median(),
                "ms",
                restart.median(),
                new Report.Limit.AtMost(1),
                "stop and start of a world instead");
    }

    private static void manyAtOnce(Report.Comparison table) throws Exception {
        List<String> flags = List.of("-Xmx512m");
        try (Child ours = Child.start(ManyServers.class, flags, "understudy", "" + WORLDS)
                        .ready();
                Child bare = Child.start(ManyServers.class, flags, "javalin", "" + WORLDS)
                        .ready()) {
            String what = WORLDS + " bare Javalins, likewise";
            String figure = WORLDS + " at once in 512 MB, each asked once: ";
            table.row(figure + "time", ours.number("millis"), "ms", bare.number("millis"), Report.Limit.NONE, what)
                    .row(
                            figure + "threads",
                            ours.number("threads"),
                            "threads",
                            bare.number("threads"),
                            Report.Limit.NONE,
                            what)
                    .row(
                            figure + "heap of each",
                            ours.number("heap") / 1024 / WORLDS,
                            "KB",
                            bare.number("heap") / 1024 / WORLDS,
                            Report.Limit.NONE,
                            what);
        }
    }

    private static void retainedHeap(Benchmarks.Budget budget, Report.Comparison table) throws Exception {
        String requests = "" + budget.of(50_000, 20_000);
        List<String> flags = List.of("-Xmx512m");
        try (Child ours = Child.start(RetainedHeap.class, flags, "understudy", requests)
                        .ready();
                Child bare = Child.start(RetainedHeap.class, flags, "javalin", requests)
                        .ready()) {
            table.row(
                            "heap kept of each request, journal filling",
                            ours.number("filling"),
                            "bytes",
                            bare.number("filling"),
                            Report.Limit.NONE,
                            "bare Javalin, which keeps no journal")
                    .row(
                            "heap kept of each request, journal full",
                            ours.number("full"),
                            "bytes",
                            bare.number("full"),
                            // what the collector and the JIT leave lying about
                            new Report.Limit.AtMost(1),
                            "bare Javalin, which keeps no journal");
        }
    }
}
