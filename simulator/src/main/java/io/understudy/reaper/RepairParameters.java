package io.understudy.reaper;

import io.understudy.reaper.Refusal.BadRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that runs and schedules share, as they were given: those that were not are empty.
 *
 * @param clusterName the cluster
 * @param keyspace the keyspace
 * @param owner whose it will be; may be empty
 * @param tables the requested tables; present but empty counts as given (P16)
 * @param blacklistedTables the tables to leave out; the same
 * @param nodes the requested nodes
 * @param datacenters the requested datacenters
 * @param segmentCountPerNode segments per node, 0 to 1000
 * @param repairParallelism how Cassandra is to go about it
 * @param intensity above 0 and up to 1
 * @param incrementalRepair whether it is incremental
 * @param subrangeIncrementalRepair whether it is subrange incremental
 * @param repairThreadCount how many threads Cassandra is to use
 */
record RepairParameters(
        String clusterName,
        String keyspace,
        String owner,
        Optional<List<String>> tables,
        Optional<List<String>> blacklistedTables,
        List<String> nodes,
        List<String> datacenters,
        Optional<Integer> segmentCountPerNode,
        Optional<RepairParallelism> repairParallelism,
        Optional<Double> intensity,
        Optional<Boolean> incrementalRepair,
        Optional<Boolean> subrangeIncrementalRepair,
        Optional<Integer> repairThreadCount) {

    /** Upstream prints the names that Cassandra has for them. */
    private static final String PARALLELISMS = "[sequential, parallel, dc_parallel]";

    private static final int MAX_SEGMENT_COUNT_PER_NODE = 1000;

    /** Rows 1 to 9 of spec reaper 1.4.3, in their order. */
    static Outcome<RepairParameters> read(ReaperRequest request) {
        return missing(request, "clusterName", "keyspace", "owner")
                .or(() -> segmentCount(request))
                .or(() -> parallelism(request))
                .or(() -> intensity(request.query("intensity")))
                .or(() -> trueOrFalse(request, "incrementalRepair", "incrementalRepair"))
                // P12: upstream's sentence has the name of a variable
                .or(() -> trueOrFalse(request, "subrangeIncrementalRepair", "subrangeIncrementalStr"))
                .<Outcome<RepairParameters>>map(Outcome::refused)
                .orElseGet(() -> Outcome.of(valid(request)));
    }

    private static RepairParameters valid(ReaperRequest request) {
        return new RepairParameters(
                given(request, "clusterName"),
                given(request, "keyspace"),
                given(request, "owner"),
                Optional.ofNullable(request.query("tables")).map(RepairParameters::list),
                Optional.ofNullable(request.query("blacklistedTables")).map(RepairParameters::list),
                list(request.query("nodes")),
                list(request.query("datacenters")),
                request.queryInt("segmentCountPerNode").stream().boxed().findFirst(),
                Optional.ofNullable(request.query("repairParallelism")).flatMap(RepairParallelism::named),
                Optional.ofNullable(request.query("intensity")).map(Double::parseDouble),
                Optional.ofNullable(request.query("incrementalRepair")).map(Boolean::parseBoolean),
                Optional.ofNullable(request.query("subrangeIncrementalRepair")).map(Boolean::parseBoolean),
                request.queryInt("repairThreadCount").stream().boxed().findFirst());
    }

    private static String given(ReaperRequest request, String name) {
        String value = request.query(name);
        if (value == null) {
            throw new IllegalStateException(name + " was checked before");
        }
        return value;
    }

    private static Optional<Refusal> missing(ReaperRequest request, String... names) {
        return Arrays.stream(names)
                .filter(name -> request.query(name) == null)
                .findFirst()
                .map(name -> new BadRequest(name + " argument missing"));
    }

    private static Optional<Refusal> segmentCount(ReaperRequest request) {
        int count = request.queryInt("segmentCountPerNode").orElse(0);
        return count >= 0 && count <= MAX_SEGMENT_COUNT_PER_NODE
                ? Optional.empty()
                // P11: the limit is another one than the sentence says
                : bad("invalid query parameter \"segmentCountPerNode\", maximum value is 100000");
    }

    private static Optional<Refusal> parallelism(ReaperRequest request) {
        String text = request.query("repairParallelism");
        return text == null || RepairParallelism.named(text).isPresent()
                ? Optional.empty()
                : bad("invalid repair parallelism given \"" + text + "\", must be one of: " + PARALLELISMS);
    }

    /** Rows 6 and 7, which changing the intensity of a run shares (spec reaper 1.4.6). */
    static Optional<Refusal> intensity(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            double intensity = Double.parseDouble(text);
            return intensity <= 0 || intensity > 1
                    ? bad("query parameter \"intensity\" must be in range (0.0, 1.0]: " + text)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return bad("invalid value for query parameter \"intensity\": " + text);
        }
    }

    private static Optional<Refusal> trueOrFalse(ReaperRequest request, String name, String called) {
        String text = request.query(name);
        if (text == null) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false")
                ? Optional.empty()
                : bad("invalid query parameter \"" + called + "\", expecting [True,False]");
    }

    /** Row 16, which comes after the cluster was looked up. */
    static Outcome<Boolean> force(ReaperRequest request) {
        return trueOrFalse(request, "force", "force")
                .<Outcome<Boolean>>map(Outcome::refused)
                .orElseGet(() -> Outcome.of(request.queryFlag("force")));
    }

    /** Row 17, in minutes (P59). */
    static Outcome<Integer> timeout(ReaperRequest request, int byDefault) {
        int timeout = request.queryInt("timeout").orElse(byDefault);
        return timeout == 0
                ? Outcome.refused(new BadRequest("invalid query parameter \"timeout\", should be higher than 0"))
                : Outcome.of(timeout);
    }

    private static Optional<Refusal> bad(String message) {
        return Optional.of(new BadRequest(message));
    }

    /** A comma list: its elements without blanks, brackets and quotes, and without the empty ones (spec reaper 1.4.1). */
    static List<String> list(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(element -> element.replaceAll("^[\\s()\\[\\]\"']+|[\\s()\\[\\]\"']+$", ""))
                        .filter(element -> !element.isEmpty())
                        .toList();
    }
}
