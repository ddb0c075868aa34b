package io.understudy.undermoon;

import io.understudy.http.Endpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue (spec undermoon 1): 31 operations, each under every served prefix. The numbers are the spec's.
 *
 * <p>A parameter in braces is any text that is not empty; with {@code :u64} it is a number.
 */
enum UndermoonEndpoints {
    /** 1. */
    GET_VERSION("getVersion", "GET", "/version", Reach.PREFIX, "The broker's software version", "3.1"),
    /** 2. */
    GET_METADATA("getMetadata", "GET", "/metadata", Reach.PREFIX, "Dump the whole store", "3.1"),
    /** 3. */
    RESTORE_METADATA("restoreMetadata", "PUT", "/metadata", Reach.PREFIX, "Replace the whole store", "3.8"),
    /** 4. */
    LIST_CLUSTER_NAMES(
            "listClusterNames", "GET", "/clusters/names", Reach.EXACT, "Names of all clusters, paged", "3.1"),
    /** 5. */
    GET_CLUSTER("getCluster", "GET", "/clusters/meta/{cluster}", Reach.EXACT, "A cluster with nodes and slots", "3.1"),
    /** 6. */
    GET_CLUSTER_INFO(
            "getClusterInfo", "GET", "/clusters/info/{cluster}", Reach.EXACT, "A cluster in four numbers", "3.1"),
    /** 7. */
    CREATE_CLUSTER("createCluster", "POST", "/clusters/meta/{cluster}", Reach.EXACT, "Create a cluster", "3.3"),
    /** 8. */
    DELETE_CLUSTER("deleteCluster", "DELETE", "/clusters/meta/{cluster}", Reach.EXACT, "Delete a cluster", "3.3"),
    /** 9. */
    ADD_NODES("addNodes", "PATCH", "/clusters/nodes/{cluster}", Reach.EXACT, "Add nodes without slots", "3.4"),
    /** 10. */
    GROW_NODES(
            "growNodes",
            "PUT",
            "/clusters/nodes/{cluster}",
            Reach.EXACT,
            "Add nodes up to a total, without slots",
            "3.4"),
    /** 11. */
    DELETE_FREE_NODES(
            "deleteFreeNodes",
            "DELETE",
            "/clusters/free_nodes/{cluster}",
            Reach.EXACT,
            "Take chunks without slots out of a cluster",
            "3.4"),
    /** 12. */
    EXPAND(
            "expand",
            "POST",
            "/clusters/migrations/expand/{cluster}",
            Reach.EXACT,
            "Start moving slots to nodes that have none",
            "3.5"),
    /** 13. */
    SHRINK(
            "shrink",
            "POST",
            "/clusters/migrations/shrink/{cluster}/{node_number:u64}",
            Reach.EXACT,
            "Start moving slots away from the last nodes",
            "3.5"),
    /** 14. */
    AUTO_SCALE(
            "autoScale",
            "POST",
            "/clusters/migrations/auto/{cluster}/{node_number:u64}",
            Reach.EXACT,
            "Add nodes, wait for the proxies and move slots; or move slots away",
            "3.5"),
    /** 15. */
    COMMIT_MIGRATION(
            "commitMigration", "PUT", "/clusters/migrations", Reach.EXACT, "Declare one migration finished", "3.5"),
    /** 16. */
    CHANGE_CONFIG(
            "changeConfig",
            "PATCH",
            "/clusters/config/{cluster}",
            Reach.EXACT,
            "Change a cluster's configuration",
            "3.6"),
    /** 17. */
    BALANCE("balance", "PUT", "/clusters/balance/{cluster}", Reach.EXACT, "Put masters back in their places", "3.6"),
    /** 18. */
    LIST_PROXIES("listProxies", "GET", "/proxies/addresses", Reach.EXACT, "Addresses of all proxies, paged", "3.1"),
    /** 19. */
    GET_PROXY("getProxy", "GET", "/proxies/meta/{address}", Reach.EXACT, "What a proxy has to know", "3.1"),
    /** 20. */
    REGISTER_PROXY("registerProxy", "POST", "/proxies/meta", Reach.EXACT, "Register a server proxy", "3.2"),
    /** 21. */
    UNREGISTER_PROXY(
            "unregisterProxy", "DELETE", "/proxies/meta/{address}", Reach.EXACT, "Unregister a free proxy", "3.2"),
    /** 22. */
    LIST_FAILED_PROXIES(
            "listFailedProxies", "GET", "/proxies/failed/addresses", Reach.EXACT, "Proxies that failed", "3.1"),
    /** 23. */
    FAILOVER("failover", "POST", "/proxies/failover/{address}", Reach.EXACT, "Replace a failed proxy", "3.2"),
    /** 24. */
    REPORT_FAILURE(
            "reportFailure",
            "POST",
            "/failures/{address}/{reporter_id}",
            Reach.EXACT,
            "Report that a proxy seems dead",
            "3.2"),
    /** 25. */
    LIST_FAILURES(
            "listFailures", "GET", "/failures", Reach.PREFIX, "Proxies that enough reporters take for dead", "3.1"),
    /** 26. */
    CHECK_RESOURCES(
            "checkResources",
            "POST",
            "/resources/failures/check",
            Reach.EXACT,
            "Hosts whose failure could not be made up for",
            "3.2"),
    /** 27. */
    GET_CONFIG("getConfig", "GET", "/config", Reach.PREFIX, "The broker's configuration", "3.1"),
    /** 28. */
    SET_CONFIG("setConfig", "PUT", "/config", Reach.PREFIX, "Change the broker's configuration", "3.8"),
    /** 29. */
    GET_EPOCH("getEpoch", "GET", "/epoch", Reach.PREFIX, "The global epoch", "3.1"),
    /** 31. Stands before 30, because upstream asks it first. */
    RECOVER_EPOCH(
            "recoverEpoch", "PUT", "/epoch/recovery", Reach.EXACT, "Catch up with the epochs of the proxies", "3.7"),
    /** 30. */
    SET_EPOCH("setEpoch", "PUT", "/epoch/{epoch:u64}", Reach.EXACT, "Raise all epochs", "3.7");

    static final String SYSTEM = "undermoon";

    /** How much of a path a route looks at (spec undermoon 2.2, "Prefix routes"); v2 knows exact routes only. */
    enum Reach {
        /** All of it. */
        EXACT,
        /** Its beginning; further segments may follow. */
        PREFIX
    }

    private final String operation;
    private final String method;

    @SuppressWarnings("ImmutableEnumChecker") // a list of segments, never changed
    private final PathTemplate template;

    private final Reach reach;
    private final String summary;
    private final String section;

    UndermoonEndpoints(String name, String method, String template, Reach reach, String summary, String section) {
        this.operation = SYSTEM + "." + name;
        this.method = method;
        this.template = PathTemplate.of(template);
        this.reach = reach;
        this.summary = summary;
        this.section = section;
    }

    String operation() {
        return operation;
    }

    String method() {
        return method;
    }

    PathTemplate template() {
        return template;
    }

    boolean reachesBeyond() {
        return reach == Reach.PREFIX;
    }

    /** The catalogue under these prefixes ({@code v3}), prefix by prefix. */
    static List<Endpoint> catalogue(List<String> apiVersions) {
        List<Endpoint> all = new ArrayList<>();
        for (String version : apiVersions) {
            for (UndermoonEndpoints each : values()) {
                all.add(new Endpoint(
                        each.operation,
                        each.method,
                        "/api/" + version + each.template,
                        each.summary,
                        "spec undermoon " + each.section));
            }
        }
        return all;
    }
}
