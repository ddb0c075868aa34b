package io.understudy.reaper;

import io.understudy.journal.Reply;
import io.understudy.reaper.cassandra.Compaction;
import io.understudy.reaper.cassandra.CompactionStats;
import io.understudy.reaper.cassandra.DroppedMessages;
import io.understudy.reaper.cassandra.MetricsHistogram;
import io.understudy.reaper.cassandra.ThreadPoolStat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /node} (spec reaper 1.7, 1.8). */
final class NodeStatsResource {
    private final NodeStatsService nodes;
    private final ReaperReplies replies;

    NodeStatsResource(NodeStatsService nodes, ReaperReplies replies) {
        this.nodes = nodes;
        this.replies = replies;
    }

    Map<String, Resource> resources() {
        return Map.of(
                "reaper.getTpStats", Resource.of(this::threadPools),
                "reaper.getDroppedMessages", Resource.of(this::dropped),
                "reaper.getClientRequestLatencies", Resource.of(this::latencies),
                "reaper.listCompactions", Resource.of(this::compactions),
                "reaper.getTokens", Resource.of(this::tokens),
                "reaper.listStreams", Resource.of(this::streams));
    }

    private Reply threadPools(ReaperRequest request) {
        return replies.of(
                nodes.tpstats(cluster(request), host(request)),
                pools -> ReaperReplies.json(200, json -> json.array(pools, pool -> threadPool(json, pool))));
    }

    private static void threadPool(JsonWriter json, ThreadPoolStat pool) {
        json.object(() -> {
            json.field("name", pool.name()).field("activeTasks", pool.activeTasks());
            json.field("pendingTasks", pool.pendingTasks());
            json.field("currentlyBlockedTasks", pool.currentlyBlockedTasks());
            json.field("completedTasks", pool.completedTasks());
            json.field("totalBlockedTasks", pool.totalBlockedTasks());
            Integer maxPoolSize = pool.maxPoolSize();
            json.name("maxPoolSize");
            if (maxPoolSize == null) {
                json.nothing();
            } else {
                json.number(maxPoolSize);
            }
        });
    }

    private Reply dropped(ReaperRequest request) {
        return replies.of(
                nodes.dropped(cluster(request), host(request)),
                kinds -> ReaperReplies.json(200, json -> json.array(kinds, kind -> dropped(json, kind))));
    }

    private static void dropped(JsonWriter json, DroppedMessages kind) {
        json.object(() -> {
            json.field("name", kind.name()).field("count", kind.count());
            json.field("oneMinuteRate", kind.oneMinuteRate()).field("fiveMinuteRate", kind.fiveMinuteRate());
            json.field("fifteenMinuteRate", kind.fifteenMinuteRate()).field("meanRate", kind.meanRate());
        });
    }

    private Reply latencies(ReaperRequest request) {
        return replies.of(
                nodes.clientRequestLatencies(cluster(request), host(request)),
                metrics -> ReaperReplies.json(200, json -> json.array(metrics, metric -> latency(json, metric))));
    }

    private static void latency(JsonWriter json, MetricsHistogram metric) {
        json.object(() -> {
            json.field("name", metric.name()).field("type", metric.type());
            number(json, "p50", metric.p50());
            number(json, "p75", metric.p75());
            number(json, "p95", metric.p95());
            number(json, "p98", metric.p98());
            number(json, "p99", metric.p99());
            number(json, "p999", metric.p999());
            number(json, "min", metric.min());
            number(json, "mean", metric.mean());
            number(json, "max", metric.max());
            json.field("count", metric.count());
            number(json, "oneMinuteRate", metric.oneMinuteRate());
            number(json, "fiveMinuteRate", metric.fiveMinuteRate());
            number(json, "fifteenMinuteRate", metric.fifteenMinuteRate());
            number(json, "meanRate", metric.meanRate());
            number(json, "stdDev", metric.stdDev());
        });
    }

    private static void number(JsonWriter json, String name, @Nullable Double value) {
        json.name(name);
        if (value == null) {
            json.nothing();
        } else {
            json.number(value.doubleValue());
        }
    }

    private Reply compactions(ReaperRequest request) {
        return replies.of(
                nodes.compactions(cluster(request), host(request)),
                stats -> ReaperReplies.json(200, json -> compactions(json, stats)));
    }

    private static void compactions(JsonWriter json, CompactionStats stats) {
        json.object(() -> {
            json.field("pendingCompactions", stats.pendingCompactions());
            json.name("activeCompactions").array(stats.activeCompactions(), active -> compaction(json, active));
        });
    }

    private static void compaction(JsonWriter json, Compaction active) {
        json.object(() -> {
            json.field("id", active.id()).field("type", active.type());
            json.field("keyspace", active.keyspace()).field("table", active.table());
            json.field("progress", active.progress()).field("total", active.total());
            json.field("unit", active.unit());
        });
    }

    /** Numbers as texts; nothing at all for a node that owns none. */
    private Reply tokens(ReaperRequest request) {
        return replies.of(
                nodes.tokens(cluster(request), host(request)),
                tokens -> tokens.isEmpty()
                        ? ReaperReplies.empty(200)
                        : ReaperReplies.json(200, json -> json.strings(tokens)));
    }

    private Reply streams(ReaperRequest request) {
        return replies.of(
                nodes.streams(cluster(request), host(request)),
                sessions -> ReaperReplies.json(200, json -> json.strings(sessions)));
    }

    private static String cluster(ReaperRequest request) {
        return request.path("clusterName");
    }

    private static String host(ReaperRequest request) {
        return request.path("host");
    }
}
