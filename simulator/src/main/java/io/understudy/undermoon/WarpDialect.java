package io.understudy.undermoon;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /api/v3} as release 0.6.2 serves it, with warp 0.3.2. */
record WarpDialect(WireSettings.Gzip gzip) implements Dialect {
    /** Spec undermoon 2.6: these and only these. */
    private static final Set<UndermoonEndpoints> COMPRESSED =
            EnumSet.of(UndermoonEndpoints.GET_METADATA, UndermoonEndpoints.GET_CLUSTER, UndermoonEndpoints.GET_PROXY);

    @Override
    public String version() {
        return "v3";
    }

    /** One slash at the end is as good as none; percent-escapes stay as they are (spec undermoon 2.2). */
    @Override
    public Optional<List<String>> segments(String path) {
        String prefix = "/api/" + version();
        if (!path.equals(prefix) && !path.startsWith(prefix + "/")) {
            return Optional.empty();
        }
        String rest = path.substring(prefix.length());
        List<String> segments = new ArrayList<>(List.of(rest.split("/", -1)));
        segments.remove(0);
        if (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return Optional.of(segments);
    }

    @Override
    public boolean hasPrefixRoutes() {
        return true;
    }

    /** Not 404: the router tries every route, and a wrong method outranks a wrong path. */
    @Override
    public Reply notRouted(Optional<String> badNumber) {
        return Dialect.text(405, "HTTP method not allowed");
    }

    @Override
    public Optional<Reply> refusedUnread(Request request) {
        Optional<String> contentType = request.headers().first("content-type");
        return contentType.isEmpty()
                        || MediaType.parse(contentType.get())
                                .filter(MediaType::isJson)
                                .isPresent()
                ? Optional.empty()
                : Optional.of(Dialect.text(415, "The request's content-type is not supported"));
    }

    @Override
    public Reply unreadable(SerdeException why) {
        return Dialect.text(400, "Request body deserialize error: " + why.getMessage());
    }

    @Override
    public Reply badQuery(String why) {
        return Dialect.text(400, "Invalid query string");
    }

    @Override
    public SerdeShape<MetaStoreData> metaStore() {
        return MetaStoreBody.STRICT;
    }

    @Override
    public Reply empty() {
        return Reply.empty(200);
    }

    @Override
    public Reply epoch(long epoch) {
        return Dialect.json(200, new JsonText().unsigned(epoch));
    }

    @Override
    public void node(JsonText out, String clusterName, NodeView node) {
        out.open('{').name("address").string(node.address());
        out.name("proxy_address").string(node.proxyAddress());
        out.name("slots");
        UndermoonJson.slotRanges(out, node.slots());
        out.name("repl");
        UndermoonJson.repl(out, node);
        out.close('}');
    }

    @Override
    public void proxy(JsonText out, ProxyView proxy) {
        out.open('{').name("cluster_name");
        proxy.clusterName().ifPresentOrElse(out::string, out::nothing);
        out.name("address").string(proxy.address());
        out.name("epoch").unsigned(proxy.epoch());
        out.name("nodes").list(proxy.nodes(), (o, node) -> node(o, "", node));
        out.name("peers").list(proxy.peers(), (o, peer) -> {
            o.open('{').name("proxy_address").string(peer.proxyAddress()).name("slots");
            UndermoonJson.slotRanges(o, peer.slots());
            o.close('}');
        });
        out.name("cluster_config");
        proxy.clusterConfig().ifPresentOrElse(config -> UndermoonJson.config(out, config), out::nothing);
        out.close('}');
    }

    @Override
    public Reply compressed(Reply reply, UndermoonEndpoints endpoint, boolean clientTakesGzip) {
        boolean wanted = switch (gzip) {
            case ALWAYS -> true;
            case NEGOTIATE -> clientTakesGzip;
            case NEVER -> false;
        };
        return wanted && COMPRESSED.contains(endpoint) ? reply.gzipped() : reply;
    }
}
