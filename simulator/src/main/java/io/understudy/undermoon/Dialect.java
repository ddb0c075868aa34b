package io.understudy.undermoon;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.util.List;
import java.util.Optional;

/**
 * How one version of the API speaks: everything in which v3 and v2 differ on the wire (spec undermoon 2.7). Statuses, error
 * JSON and what commands do are the same.
 */
interface Dialect {
    String JSON = "application/json";
    String TEXT = "text/plain; charset=utf-8";

    /** The last segment of the prefix: {@code v3}. */
    String version();

    // --- routing ---

    /** The path below the prefix, cut in segments; empty if the path is not under the prefix. */
    Optional<List<String>> segments(String path);

    /** Whether some routes look at the beginning of a path only. */
    boolean hasPrefixRoutes();

    /** The answer to a path or method that is not known. */
    Reply notRouted(Optional<String> badNumber);

    // --- requests ---

    /** The answer to a body of this size or content type, if it is not even looked at. */
    Optional<Reply> refusedUnread(Request request);

    /** The answer to a body that is not what it should be. */
    Reply unreadable(SerdeException why);

    /** The answer to a bad query string. */
    Reply badQuery(String why);

    /** The shape of a store to restore. */
    SerdeShape<MetaStoreData> metaStore();

    // --- replies ---

    /** 200 with nothing to say. */
    Reply empty();

    /** The global epoch. */
    Reply epoch(long epoch);

    /** Writes a node of that cluster. */
    void node(JsonText out, String clusterName, NodeView node);

    /** Writes a proxy. */
    void proxy(JsonText out, ProxyView proxy);

    /** The reply, compressed if that is the habit with this operation and client. */
    Reply compressed(Reply reply, UndermoonEndpoints endpoint, boolean clientTakesGzip);

    /** A reply with that JSON. */
    static Reply json(int status, JsonText json) {
        return Reply.of(status, JSON, json.bytes());
    }

    /** A reply with that text. */
    static Reply text(int status, String text) {
        return Reply.of(status, TEXT, Bytes.utf8(text));
    }
}
