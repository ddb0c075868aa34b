package io.understudy.undermoon;

import java.util.List;
import java.util.Map;

/** The parts that replies of both API versions are made of, members in declaration order (spec undermoon 4). */
final class UndermoonJson {
    private UndermoonJson() {}

    static void slotRanges(JsonText out, List<SlotRange> slots) {
        out.list(slots, UndermoonJson::slotRange);
    }

    private static void slotRange(JsonText out, SlotRange slotRange) {
        out.open('{').name("range_list");
        rangeList(out, slotRange.rangeList());
        out.name("tag");
        tag(out, slotRange.tag());
        out.close('}');
    }

    private static void rangeList(JsonText out, RangeList list) {
        out.list(
                list.ranges(),
                (o, range) -> o.open('[')
                        .unsigned(range.start())
                        .unsigned(range.end())
                        .close(']'));
    }

    private static void tag(JsonText out, SlotRangeTag tag) {
        if (tag instanceof SlotRangeTag.Migrating migrating) {
            out.open('{').name("Migrating");
            migrationMeta(out, migrating.meta());
            out.close('}');
        } else if (tag instanceof SlotRangeTag.Importing importing) {
            out.open('{').name("Importing");
            migrationMeta(out, importing.meta());
            out.close('}');
        } else {
            out.string("None");
        }
    }

    private static void migrationMeta(JsonText out, MigrationMeta meta) {
        out.open('{')
                .name("epoch")
                .unsigned(meta.epoch())
                .name("src_proxy_address")
                .string(meta.srcProxyAddress())
                .name("src_node_address")
                .string(meta.srcNodeAddress())
                .name("dst_proxy_address")
                .string(meta.dstProxyAddress())
                .name("dst_node_address")
                .string(meta.dstNodeAddress())
                .close('}');
    }

    static void repl(JsonText out, NodeView node) {
        out.open('{').name("role").string(node.role().wireName()).name("peers");
        out.list(
                node.peers(),
                (o, peer) -> o.open('{')
                        .name("node_address")
                        .string(peer.nodeAddress())
                        .name("proxy_address")
                        .string(peer.proxyAddress())
                        .close('}'));
        out.close('}');
    }

    static void config(JsonText out, ClusterConfig config) {
        MigrationConfig migration = config.migrationConfig();
        out.open('{')
                .name("compression_strategy")
                .string(config.compressionStrategy().wireName())
                .name("migration_config")
                .open('{')
                .name("max_migration_time")
                .unsigned(migration.maxMigrationTime())
                .name("max_blocking_time")
                .unsigned(migration.maxBlockingTime())
                .name("scan_interval")
                .unsigned(migration.scanInterval())
                .name("scan_count")
                .unsigned(migration.scanCount())
                .close('}')
                .close('}');
    }

    static void clusterInfo(JsonText out, ClusterInfo info) {
        out.open('{')
                .name("name")
                .string(info.name())
                .name("node_number")
                .unsigned(info.nodeNumber())
                .name("node_number_with_slots")
                .unsigned(info.nodeNumberWithSlots())
                .name("is_migrating")
                .bool(info.isMigrating())
                .close('}');
    }

    /** {@code {"name":["…"]}}. */
    static void named(JsonText out, String name, List<String> texts) {
        out.open('{').name(name).strings(texts).close('}');
    }

    static void rejection(JsonText out, Rejection rejection) {
        out.open('{').name("error").string(rejection.code().name());
        if (rejection instanceof Rejection.InvalidConfig invalid) {
            out.name("key")
                    .string(invalid.key())
                    .name("value")
                    .string(invalid.value())
                    .name("message")
                    .string(invalid.message());
        }
        out.close('}');
    }

    /** The whole store (spec undermoon 4.4). */
    static void metaStore(JsonText out, MetaStoreData store) {
        out.open('{')
                .name("version")
                .string(store.version())
                .name("global_epoch")
                .unsigned(store.globalEpoch());
        out.name("clusters").map(store.clusters(), UndermoonJson::storedCluster);
        out.name("all_proxies").map(store.allProxies(), UndermoonJson::storedProxy);
        out.name("failed_proxies").strings(store.failedProxies());
        out.name("failures").map(store.failures(), UndermoonJson::reports);
        out.name("enable_ordered_proxy").bool(store.enableOrderedProxy()).close('}');
    }

    private static void reports(JsonText out, Map<String, Long> timeByReporter) {
        // Upstream's report times are i64, the only signed numbers of the API.
        out.map(timeByReporter, JsonText::signed);
    }

    private static void storedProxy(JsonText out, ProxyResource proxy) {
        out.open('{')
                .name("proxy_address")
                .string(proxy.proxyAddress())
                .name("node_addresses")
                .strings(proxy.nodeAddresses())
                .name("host")
                .string(proxy.host())
                .name("index")
                .unsigned(proxy.index())
                .name("cluster");
        proxy.cluster().ifPresentOrElse(out::string, out::nothing);
        out.close('}');
    }

    private static void storedCluster(JsonText out, Cluster cluster) {
        out.open('{').name("epoch").unsigned(cluster.epoch()).name("name").string(cluster.name());
        out.name("chunks").list(cluster.chunks(), UndermoonJson::storedChunk);
        out.name("config");
        config(out, cluster.config());
        out.close('}');
    }

    private static void storedChunk(JsonText out, Chunk chunk) {
        out.open('{').name("role_position").string(chunk.rolePosition().wireName());
        out.name("stable_slots")
                .list(
                        chunk.stableSlots(),
                        (o, slots) -> slots.map(SlotRange::stable)
                                .ifPresentOrElse(stable -> slotRange(o, stable), o::nothing));
        out.name("migrating_slots")
                .list(chunk.migratingSlots(), (o, tasks) -> o.list(tasks, UndermoonJson::storedTask));
        out.name("proxy_addresses").strings(chunk.proxyAddresses());
        out.name("hosts").strings(chunk.hosts());
        out.name("node_addresses").strings(chunk.nodeAddresses());
        out.close('}');
    }

    private static void storedTask(JsonText out, StoredTask task) {
        out.open('{').name("range_list");
        rangeList(out, task.rangeList());
        out.name("is_migrating").bool(task.isMigrating());
        StoredTask.Meta meta = task.meta();
        out.name("meta")
                .open('{')
                .name("epoch")
                .unsigned(meta.epoch())
                .name("src_chunk_index")
                .unsigned(meta.srcChunkIndex())
                .name("src_chunk_part")
                .unsigned(meta.srcChunkPart())
                .name("dst_chunk_index")
                .unsigned(meta.dstChunkIndex())
                .name("dst_chunk_part")
                .unsigned(meta.dstChunkPart())
                .close('}')
                .close('}');
    }
}
