package io.understudy.undermoon;

import static io.understudy.undermoon.SerdeStruct.field;
import static io.understudy.undermoon.SerdeStruct.struct;
import static io.understudy.undermoon.UndermoonBodies.BOOL;
import static io.understudy.undermoon.UndermoonBodies.CLUSTER_NAME;
import static io.understudy.undermoon.UndermoonBodies.RANGE_LIST;
import static io.understudy.undermoon.UndermoonBodies.SLOT_RANGE;
import static io.understudy.undermoon.UndermoonBodies.STRING;
import static io.understudy.undermoon.UndermoonBodies.U64;
import static io.understudy.undermoon.UndermoonBodies.USIZE;

import io.understudy.undermoon.SerdeStruct.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shape of a whole store, the body of endpoint 3 (spec undermoon 4.4). */
final class MetaStoreBody {
    /** Spec undermoon 4.4: role strings are read case-insensitively. */
    private static final SerdeShape<RolePosition> ROLE_POSITION = SerdeShape.unitVariants(
            Arrays.stream(RolePosition.values()).map(RolePosition::wireName).toList(),
            text -> Arrays.stream(RolePosition.values())
                    .filter(position -> position.wireName().equalsIgnoreCase(text))
                    .findFirst());

    /** Tags of stable slots are always {@code "None"} (spec undermoon 4.4), so only the slots are kept. */
    private static final SerdeShape<RangeList> STABLE_SLOTS = SLOT_RANGE.map(SlotRange::rangeList);

    /** Upstream takes any usize and dies later of one that leads nowhere; beyond 2^31-1 it is refused here at once. */
    private static final SerdeShape<Integer> PLACE = USIZE.map(number -> {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw SerdeException.invalidValue("integer `" + Long.toUnsignedString(number) + "`", "usize");
        }
        return (int) (long) number;
    });

    private static final SerdeShape<CompressionStrategy> COMPRESSION_STRATEGY =
            STRING.map(text -> CompressionStrategy.parse(text)
                    .orElseThrow(() -> SerdeException.unplaced("invalid compression strategy " + text)));

    private static final SerdeShape<Long> REPORT_TIME = SerdeShape.signed();

    /** What the current release wants: every member. */
    static final SerdeShape<MetaStoreData> STRICT = new MetaStoreBody(USIZE, BOOL).store;

    /** What clients of the older document send: without {@code index} and {@code enable_ordered_proxy} (spec 2.7). */
    static final SerdeShape<MetaStoreData> DOCUMENTED =
            new MetaStoreBody(USIZE.orDefault(0L), BOOL.orDefault(false)).store;

    private final SerdeShape<MetaStoreData> store;

    private MetaStoreBody(SerdeShape<Long> index, SerdeShape<Boolean> orderedProxy) {
        Field<String> version = field("version", STRING);
        Field<Long> globalEpoch = field("global_epoch", U64);
        Field<Map<String, Cluster>> clusters = field("clusters", SerdeShape.map(CLUSTER_NAME, cluster()));
        Field<Map<String, ProxyResource>> allProxies =
                field("all_proxies", SerdeShape.map(address -> address, proxyResource(index)));
        Field<List<String>> failedProxies = field("failed_proxies", SerdeShape.list(STRING));
        Field<Map<String, Map<String, Long>>> failures = field(
                "failures", SerdeShape.map(address -> address, SerdeShape.map(reporter -> reporter, REPORT_TIME)));
        Field<Boolean> enableOrderedProxy = field("enable_ordered_proxy", orderedProxy);
        store = struct(
                "MetaStore",
                values -> new MetaStoreData(
                        values.get(version),
                        values.get(globalEpoch),
                        values.get(clusters),
                        values.get(allProxies),
                        new ArrayList<>(new LinkedHashSet<>(values.get(failedProxies))),
                        values.get(failures),
                        values.get(enableOrderedProxy)),
                version,
                globalEpoch,
                clusters,
                allProxies,
                failedProxies,
                failures,
                enableOrderedProxy);
    }

    private static SerdeShape<ProxyResource> proxyResource(SerdeShape<Long> indexShape) {
        Field<String> proxyAddress = field("proxy_address", STRING);
        Field<List<String>> nodeAddresses = field("node_addresses", SerdeShape.array(2, STRING));
        Field<String> host = field("host", STRING);
        Field<Long> index = field("index", indexShape);
        Field<Optional<String>> cluster = field("cluster", SerdeShape.optional(STRING.map(CLUSTER_NAME)));
        return struct(
                "ProxyResource",
                values -> new ProxyResource(
                        values.get(proxyAddress),
                        values.get(nodeAddresses),
                        values.get(host),
                        values.get(index),
                        values.get(cluster)),
                proxyAddress,
                nodeAddresses,
                host,
                index,
                cluster);
    }

    private static SerdeShape<Cluster> cluster() {
        Field<Long> epoch = field("epoch", U64);
        Field<String> name = field("name", STRING.map(CLUSTER_NAME));
        Field<List<Chunk>> chunks = field("chunks", SerdeShape.list(chunk()));
        Field<ClusterConfig> config = field("config", config());
        return struct(
                "ClusterStore",
                values -> new Cluster(values.get(epoch), values.get(name), values.get(chunks), values.get(config)),
                epoch,
                name,
                chunks,
                config);
    }

    private static SerdeShape<Chunk> chunk() {
        Field<RolePosition> rolePosition = field("role_position", ROLE_POSITION);
        Field<List<Optional<RangeList>>> stableSlots =
                field("stable_slots", SerdeShape.array(Chunk.PARTS, SerdeShape.optional(STABLE_SLOTS)));
        Field<List<List<StoredTask>>> migratingSlots =
                field("migrating_slots", SerdeShape.array(Chunk.PARTS, SerdeShape.list(storedTask())));
        Field<List<String>> proxyAddresses = field("proxy_addresses", SerdeShape.array(Chunk.PARTS, STRING));
        Field<List<String>> hosts = field("hosts", SerdeShape.array(Chunk.PARTS, STRING));
        Field<List<String>> nodeAddresses = field("node_addresses", SerdeShape.array(Chunk.NODES, STRING));
        return struct(
                "ChunkStore",
                values -> new Chunk(
                        values.get(rolePosition),
                        values.get(stableSlots),
                        values.get(migratingSlots),
                        values.get(proxyAddresses),
                        values.get(hosts),
                        values.get(nodeAddresses)),
                rolePosition,
                stableSlots,
                migratingSlots,
                proxyAddresses,
                hosts,
                nodeAddresses);
    }

    private static SerdeShape<StoredTask> storedTask() {
        Field<RangeList> rangeList = field("range_list", RANGE_LIST);
        Field<Boolean> isMigrating = field("is_migrating", BOOL);
        Field<StoredTask.Meta> meta = field("meta", storedMeta());
        return struct(
                "MigrationSlotRangeStore",
                values -> new StoredTask(values.get(rangeList), values.get(isMigrating), values.get(meta)),
                rangeList,
                isMigrating,
                meta);
    }

    private static SerdeShape<StoredTask.Meta> storedMeta() {
        Field<Long> epoch = field("epoch", U64);
        Field<Integer> srcChunkIndex = field("src_chunk_index", PLACE);
        Field<Integer> srcChunkPart = field("src_chunk_part", PLACE);
        Field<Integer> dstChunkIndex = field("dst_chunk_index", PLACE);
        Field<Integer> dstChunkPart = field("dst_chunk_part", PLACE);
        return struct(
                "MigrationMetaStore",
                values -> new StoredTask.Meta(
                        values.get(epoch),
                        values.get(srcChunkIndex),
                        values.get(srcChunkPart),
                        values.get(dstChunkIndex),
                        values.get(dstChunkPart)),
                epoch,
                srcChunkIndex,
                srcChunkPart,
                dstChunkIndex,
                dstChunkPart);
    }

    private static SerdeShape<ClusterConfig> config() {
        Field<CompressionStrategy> compressionStrategy =
                field("compression_strategy", COMPRESSION_STRATEGY.orDefault(CompressionStrategy.DISABLED));
        Field<MigrationConfig> migrationConfig =
                field("migration_config", migrationConfig().orDefault(MigrationConfig.DEFAULT));
        return struct(
                "ClusterConfig",
                values -> new ClusterConfig(values.get(compressionStrategy), values.get(migrationConfig)),
                compressionStrategy,
                migrationConfig);
    }

    private static SerdeShape<MigrationConfig> migrationConfig() {
        Field<Long> maxMigrationTime = field("max_migration_time", U64);
        Field<Long> maxBlockingTime = field("max_blocking_time", U64);
        Field<Long> scanInterval = field("scan_interval", U64);
        Field<Long> scanCount = field("scan_count", U64);
        return struct(
                "MigrationConfig",
                values -> new MigrationConfig(
                        values.get(maxMigrationTime),
                        values.get(maxBlockingTime),
                        values.get(scanInterval),
                        values.get(scanCount)),
                maxMigrationTime,
                maxBlockingTime,
                scanInterval,
                scanCount);
    }
}
