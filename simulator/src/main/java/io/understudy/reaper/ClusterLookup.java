package io.understudy.reaper;

import java.util.Optional;

/**
 * How a cluster is looked up, and what is said when there is none of that name: each handler has words of its own, and each
 * storage backend others (spec reaper 0.2). {@code %s} is the name as given.
 */
enum ClusterLookup {
    CLUSTER(Kind.NOT_FOUND, "cluster with name \"%s\" not found", Kind.NOT_FOUND, "Cluster with name \"%s\" not found"),
    TABLES(Kind.THROWN, "no such cluster: %s", Kind.UNEXPECTED, ""),
    /** {@code POST /repair_run} and {@code POST /repair_schedule}. */
    REPAIR(Kind.NOT_FOUND, "No cluster found with name \"%s\"", Kind.NOT_FOUND, "Cluster \"%s\" not found"),
    /** {@code GET /repair_run?cluster_name=}. */
    RUNS(Kind.FAILED, "Failed find cluster %s", Kind.NOT_FOUND, "Cluster \"%s\" not found"),
    /** The memory backend deletes what is not there, which is {@link ClusterDeletion}'s affair. */
    DELETION(Kind.NOT_FOUND, "cluster \"%s\" not found", Kind.NOT_FOUND, ""),
    SNAPSHOT_OF_HOST(Kind.NOT_FOUND, "no such cluster: %s", Kind.UNEXPECTED, ""),
    SNAPSHOT_OF_CLUSTER(Kind.UNEXPECTED, "", Kind.UNEXPECTED, ""),
    /** {@code /node/streams}, whose unknown cluster is an exception that nobody catches (spec reaper 1.8). */
    STREAMS(Kind.UNEXPECTED, "", Kind.UNEXPECTED, ""),
    /** Node statistics; what the memory backend says is unconfirmed. */
    NODE(Kind.FAILED, "no such cluster: %s", Kind.FAILED, "");

    private final Kind withCassandra;
    private final String wordsWithCassandra;
    private final Kind inMemory;
    private final String wordsInMemory;

    /** What kind of answer it is. */
    private enum Kind {
        NOT_FOUND,
        FAILED,
        UNEXPECTED,
        /** The exception that the lookup throws becomes the body. */
        THROWN
    }

    ClusterLookup(Kind withCassandra, String wordsWithCassandra, Kind inMemory, String wordsInMemory) {
        this.withCassandra = withCassandra;
        this.wordsWithCassandra = wordsWithCassandra;
        this.inMemory = inMemory;
        this.wordsInMemory = wordsInMemory;
    }

    /** The registered cluster, or this handler's refusal. */
    Outcome<Cluster> find(AppContext context, String name) {
        boolean isMemory = context.configuration().storageFlavour() == StorageFlavour.MEMORY;
        // spec reaper 0.2, 1.4.3: the memory backend symbolises every name, those two handlers do on any
        String key = isMemory || this == REPAIR ? Names.symbolic(name) : name;
        Optional<Cluster> found = context.store().cluster(key);
        return found.map(Outcome::of)
                .orElseGet(() -> Outcome.refused(
                        isMemory
                                ? refusal(inMemory, wordsInMemory, name)
                                : refusal(withCassandra, wordsWithCassandra, name)));
    }

    private static Refusal refusal(Kind kind, String words, String name) {
        String message = words.replace("%s", name);
        return switch (kind) {
            case NOT_FOUND -> new Refusal.NotFound(message);
            case FAILED -> new Refusal.Failed(message);
            case UNEXPECTED -> new Refusal.Unexpected();
            case THROWN -> new Refusal.Thrown(404, "java.lang.IllegalArgumentException", message);
        };
    }
}
