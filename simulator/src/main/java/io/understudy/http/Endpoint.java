package io.understudy.http;

/**
 * One operation of a system's API, as its catalogue lists it. Documentation, OpenAPI and tests read the same table.
 *
 * @param operation its id, {@code <system>.<camelCase>}, such as {@code undermoon.createCluster}
 * @param method the method, in capitals
 * @param path the path template with its prefix, parameters in braces: {@code /api/v3/clusters/meta/{cluster}}
 * @param summary what it does, in a few words
 * @param source where it is specified, such as {@code spec undermoon 3.3}
 */
public record Endpoint(String operation, String method, String path, String summary, String source) {
    public Endpoint {
        if (operation.indexOf('.') < 1) {
            throw new IllegalArgumentException("an operation's id is <system>.<name>, not '" + operation + "'");
        }
    }

    /** The system, the part of the operation id before the dot. */
    public String system() {
        return operation.substring(0, operation.indexOf('.'));
    }
}
