package io.understudy.undermoon;

import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code /api/v2} as release 0.5.0 served it, with actix-web 2.0 (spec undermoon 2.7; its texts are unconfirmed). */
record ActixDialect() implements Dialect {
    /** Spec undermoon 2.7. */
    static final int MAX_BODY_BYTES = 128 << 20;

    @Override
    public String version() {
        return "v2";
    }

    @Override
    public Optional<List<String>> segments(String path) {
        String prefix = "/api/" + version() + "/";
        return path.startsWith(prefix)
                ? Optional.of(Arrays.stream(path.substring(prefix.length()).split("/", -1))
                        .map(ActixDialect::decoded)
                        .toList())
                : Optional.empty();
    }

    /** Percent-escapes are undone except those of a slash and a plus, as actix's router does. */
    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            int code = raw[i] == '%' && i + 2 < raw.length ? hex(raw[i + 1], raw[i + 2]) : -1;
            boolean kept = code < 0 || code == '/' || code == '+';
            decoded[length++] = kept ? raw[i] : (byte) code;
            i += kept ? 0 : 2;
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }

    @Override
    public boolean hasPrefixRoutes() {
        return false;
    }

    @Override
    public Reply notRouted(Optional<String> badNumber) {
        return badNumber
                .map(text -> Dialect.text(404, "can not parse " + RustText.debug(text) + " to a u64"))
                .orElseGet(() -> Reply.empty(404));
    }

    @Override
    public Optional<Reply> refusedUnread(Request request) {
        if (request.body().size() > MAX_BODY_BYTES) {
            return Optional.of(Reply.empty(413));
        }
        boolean isJson = request.headers()
                .first("content-type")
                .flatMap(MediaType::parse)
                .filter(MediaType::isJsonLike)
                .isPresent();
        return isJson ? Optional.empty() : Optional.of(Dialect.text(400, "Content type error"));
    }

    @Override
    public Reply unreadable(SerdeException why) {
        return Dialect.text(400, "Json deserialize error: " + why.getMessage());
    }

    @Override
    public Reply badQuery(String why) {
        return Dialect.text(400, "Query deserialize error: " + why);
    }

    @Override
    public SerdeShape<MetaStoreData> metaStore() {
        return MetaStoreBody.DOCUMENTED;
    }

    @Override
    public Reply empty() {
        return Dialect.text(200, "");
    }

    @Override
    public Reply epoch(long epoch) {
        return Dialect.text(200, Epoch.text(epoch));
    }

    @Override
    public void node(JsonText out, String clusterName, NodeView node) {
        out.open('{').name("address").string(node.address());
        out.name("proxy_address").string(node.proxyAddress());
        out.name("cluster_name").string(clusterName);
        out.name("slots");
        UndermoonJson.slotRanges(out, node.slots());
        out.name("repl");
        UndermoonJson.repl(out, node);
        out.close('}');
    }

    /** A free proxy's nodes are its {@code free_nodes} here, and nobody's {@code nodes}. */
    @Override
    public void proxy(JsonText out, ProxyView proxy) {
        String clusterName = proxy.clusterName().orElse("");
        List<NodeView> used = proxy.isFree() ? List.of() : proxy.nodes();
        List<NodeView> free = proxy.isFree() ? proxy.nodes() : List.of();
        out.open('{').name("address").string(proxy.address());
        out.name("epoch").unsigned(proxy.epoch());
        out.name("nodes").list(used, (o, node) -> node(o, clusterName, node));
        out.name("free_nodes").strings(free.stream().map(NodeView::address).toList());
        out.name("peers").list(proxy.peers(), (o, peer) -> {
            o.open('{').name("proxy_address").string(peer.proxyAddress());
            o.name("cluster_name").string(clusterName).name("slots");
            UndermoonJson.slotRanges(o, peer.slots());
            o.close('}');
        });
        out.name("clusters_config").open('{');
        proxy.clusterConfig().ifPresent(config -> UndermoonJson.config(out.name(clusterName), config));
        out.close('}').close('}');
    }

    @Override
    public Reply compressed(Reply reply, UndermoonEndpoints endpoint, boolean clientTakesGzip) {
        return clientTakesGzip && reply.body().size() > 0 ? reply.gzipped() : reply;
    }
}
