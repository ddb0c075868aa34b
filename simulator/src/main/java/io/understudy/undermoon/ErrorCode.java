package io.understudy.undermoon;

/** The error catalogue of spec undermoon 3.9; the constant's name is the text on the wire. */
enum ErrorCode {
    INVALID_CLUSTER_NAME(400),
    INVALID_NODE_NUMBER(400),
    INVALID_PROXY_ADDRESS(400),
    INVALID_MIGRATION_TASK(400),
    INVALID_CONFIG(400),
    SLOTS_ALREADY_EVEN(400),
    MISSING_SERVER_PROXY_INDEX(400),

    CLUSTER_NOT_FOUND(404),
    PROXY_NOT_FOUND(404),
    FREE_NODE_NOT_FOUND(404),
    MIGRATION_TASK_NOT_FOUND(404),

    ALREADY_EXISTED(409),
    IN_USE(409),
    NO_AVAILABLE_RESOURCE(409),
    /** Upstream defines it in allocation, but trims the surplus first, so it is never sent. */
    RESOURCE_NOT_BALANCE(409),
    FREE_NODE_FOUND(409),
    MIGRATION_RUNNING(409),
    NODE_NUM_ALREADY_ENOUGH(409),
    NODE_NUMBER_CHANGING(409),
    INVALID_META_VERSION(409),
    EPOCH_SMALLER_THAN_CURRENT(409),
    PROXY_RESOURCE_OUT_OF_ORDER(409),
    ONE_CLUSTER_ALREADY_EXISTED(409),
    /** Only with external storage, or injected. */
    RETRY(409),

    PROXY_NOT_SYNC(500),
    PERSISTENCE_IO_ERROR(500),
    PERSISTENCE_JSON_ERROR(500),
    EXTERNAL(500),
    EMPTY_EXTERNAL_VERSION(500),
    EXTERNAL_TIMEOUT(504),

    /** This and the following are defined upstream and never sent over HTTP. */
    NOT_IN_USE(409),
    ORDERED_PROXY_ENABLED(409),
    REPLICATION_ERROR(500),
    PERSISTENCE_LOCK_ERROR(500);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status upstream sends it with; the quirk {@code documentedStatuses} changes two of them. */
    int status() {
        return status;
    }
}
