package io.understudy.bench;

import java.util.List;

/** What a small GET costs under load: two servers, each in a JVM of its own, loaded in turn by this one. */
final class SmallGets implements Benchmarks.Part {
    private static final int CONNECTIONS = 16;
    private static final double MAX_TIMES = 2;
    private static final List<String> FLAGS = List.of("-Xmx512m");

    /** What the rounds of one server gave. */
    private static final class Rounds {
        private final Sample processorMicros = new Sample();
        private final Sample perSecond = new Sample();
        private final Sample p99Micros = new Sample();

        void run(Child server, int millis) throws Exception {
            long before = server.processorTime().toNanos();
            Load.Result result = Load.run(server.url(), Server.PATH, CONNECTIONS, millis);
            long used = server.processorTime().toNanos() - before;
            processorMicros.add(used / 1e3 / result.requests());
            perSecond.add(result.requests() / result.seconds());
            p99Micros.add(result.p99Micros());
        }
    }

    @Override
    public void measure(Benchmarks.Budget budget, Report report) throws Exception {
        Rounds ours = new Rounds();
        Rounds bare = new Rounds();
        try (Child understudy =
                        Child.start(ServerInChild.class, FLAGS, "understudy").ready();
                Child javalin =
                        Child.start(ServerInChild.class, FLAGS, "javalin").ready()) {
            int warmUp = budget.of(6_000, 500);
            new Rounds().run(understudy, warmUp);
            new Rounds().run(javalin, warmUp);
            for (int i = 0; i < budget.of(5, 2); i++) {
                ours.run(understudy, budget.of(4_000, 500));
                bare.run(javalin, budget.of(4_000, 500));
            }
        }
        String what = "bare Javalin, one route, the same body";
        report.comparison(
                        "GET /api/v3/epoch over " + CONNECTIONS + " keep-alive connections",
                        "Journal on. Medians of rounds in turn. The load's one thread shares the machine, at the same price for both.")
                .row(
                        "processor time per request",
                        ours.processorMicros.median(),
                        "µs",
                        bare.processorMicros.median(),
                        new Report.Limit.Times(MAX_TIMES),
                        what)
                .row(
                        "requests per second",
                        ours.perSecond.median(),
                        "/s",
                        bare.perSecond.median(),
                        Report.Limit.NONE,
                        what)
                .row("p99", ours.p99Micros.median(), "µs", bare.p99Micros.median(), Report.Limit.NONE, what)
                .end();
    }
}
