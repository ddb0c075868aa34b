package io.understudy.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures Understudy against baselines taken in the same run, prints the tables and writes them to
 * {@code target/benchmarks.md}.
 *
 * <p>Arguments are the parts to run, all by default, and {@code quick} for budgets that only show that everything works.
 */
public final class Benchmarks {
    private static final String QUICK = "quick";

    private Benchmarks() {}

    /** One group of figures. */
    interface Part {
        void measure(Budget budget, Report report) throws Exception;
    }

    /** How much time there is: the whole run takes at most ten minutes, a quick one about two. */
    record Budget(boolean quick) {
        int of(int whole, int brief) {
            return quick ? brief : whole;
        }
    }

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("cold", new ColdStart());
        parts.put("load", new SmallGets());
        parts.put("embedding", new Embedding());
        parts.put("sizes", new Sizes());
        parts.put("repairs", new Repairs());
        parts.put("micro", new Micro());
        return parts;
    }

    public static void main(String[] args) throws Exception {
        Map<String, Part> parts = parts();
        List<String> wanted = new ArrayList<>(Arrays.asList(args));
        Budget budget = new Budget(wanted.remove(QUICK));
        if (!parts.keySet().containsAll(wanted)) {
            throw new IllegalArgumentException("the parts are " + parts.keySet() + ", not " + wanted);
        }
        Path file = Path.of(System.getProperty("bench.report", "target/benchmarks.md"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Report report = new Report(budget);
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (wanted.isEmpty() || wanted.contains(part.getKey())) {
                report.begin(part.getKey());
                part.getValue().measure(budget, report);
                Files.writeString(file, report.text());
            }
        }
        System.out.println("written to " + file);
    }
}
