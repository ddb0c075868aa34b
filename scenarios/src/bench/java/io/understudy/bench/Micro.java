package io.understudy.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Single operations, by JMH. */
final class Micro implements Benchmarks.Part {
    private static final double TENS_OF_MILLIS = 50_000;

    @Override
    public void measure(Benchmarks.Budget budget, Report report) throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.include("io.understudy.bench.*Benchmark")
                .shouldFailOnError(true)
                .output(System.getProperty("bench.report", "target/benchmarks.md") + ".jmh.txt");
        if (budget.quick()) {
            options.warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(100))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(100));
        }
        Map<String, Double> micros = micros(new Runner(options.build()).run());
        Report.Comparison table = report.comparison(
                "Single operations",
                "JMH, average time. World: Undermoon with n nodes on n proxies, n of them on n/2 proxies.");
        row(
                table,
                micros,
                "request through the gateway, journal on",
                "exchange",
                "handler",
                Report.Limit.NONE,
                "route and handler alone");
        row(
                table,
                micros,
                "P30D of an idle world, n = 4",
                "idleMonth:4",
                "idleSecond:4",
                new Report.Limit.AtMost(1_000),
                "PT1S of it");
        row(
                table,
                micros,
                "P30D of an idle world, n = 1000",
                "idleMonth:1000",
                "idleSecond:1000",
                new Report.Limit.AtMost(1_000),
                "PT1S of it");
        row(
                table,
                micros,
                "P30D with n → 2n nodes under way, n = 4",
                "busyMonth:4",
                "idleMonth:4",
                new Report.Limit.AtMost(TENS_OF_MILLIS),
                "P30D of the idle world");
        row(
                table,
                micros,
                "P30D with n → 2n nodes under way, n = 1000",
                "busyMonth:1000",
                "idleMonth:1000",
                Report.Limit.NONE,
                "P30D of the idle world");
        for (String operation : new String[] {"snapshot", "restore", "fork"}) {
            row(
                    table,
                    micros,
                    operation + ", n = 1000",
                    operation + ":1000",
                    operation + ":4",
                    Report.Limit.NONE,
                    "n = 4, which is a 250th");
        }
        table.end();
    }

    private static void row(
            Report.Comparison table,
            Map<String, Double> micros,
            String figure,
            String ours,
            String baseline,
            Report.Limit limit,
            String what) {
        table.row(figure, micros.get(ours), "µs", micros.get(baseline), limit, what);
    }

    /** By method, and where it has a parameter {@code n} a colon and that. */
    private static Map<String, Double> micros(Collection<RunResult> results) {
        Map<String, Double> micros = new LinkedHashMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String n = result.getParams().getParam("n");
            micros.put(
                    name.substring(name.lastIndexOf('.') + 1) + (n == null ? "" : ":" + n),
                    result.getPrimaryResult().getScore());
        }
        return micros;
    }
}
