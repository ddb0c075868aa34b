package io.understudy.undermoon;

import static io.understudy.undermoon.SerdeStruct.field;
import static io.understudy.undermoon.SerdeStruct.struct;

import io.understudy.undermoon.SerdeShape.Step;
import io.understudy.undermoon.SerdeStruct.Field;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The shapes of all request bodies but the store's, which are {@link MetaStoreBody}; names are upstream's own. */
final class UndermoonBodies {
    static final SerdeShape<String> STRING = SerdeShape.string();
    static final SerdeShape<Boolean> BOOL = SerdeShape.bool();
    static final SerdeShape<Long> U64 = SerdeShape.unsigned("u64");
    static final SerdeShape<Long> USIZE = SerdeShape.unsigned("usize");

    /** A cluster name inside JSON; spec undermoon 2.3: the detail starts with this text. */
    static final Step<String, String> CLUSTER_NAME = name -> {
        if (!ClusterName.isValid(name)) {
            throw SerdeException.unplaced("invalid cluster name " + name + ": InvalidClusterName");
        }
        return name;
    };

    private static final Field<Long> NODE_NUMBER = field("node_number", USIZE);

    /** Endpoint 7. */
    static final SerdeShape<Long> CREATE_CLUSTER =
            struct("CreateClusterPayload", values -> values.get(NODE_NUMBER), NODE_NUMBER);

    /** Endpoint 9. */
    static final SerdeShape<Long> ADD_NODES =
            struct("AutoAddNodesPayload", values -> values.get(NODE_NUMBER), NODE_NUMBER);

    private static final Field<Long> CLUSTER_NODE_NUMBER = field("cluster_node_number", USIZE);

    /** Endpoint 10. */
    static final SerdeShape<Long> GROW_NODES =
            struct("AutoScaleUpNodesPayload", values -> values.get(CLUSTER_NODE_NUMBER), CLUSTER_NODE_NUMBER);

    /** Endpoint 16. */
    static final SerdeShape<Map<String, String>> CONFIG_CHANGES = SerdeShape.map(key -> key, STRING);

    private static final Field<List<String>> REPLICA_ADDRESSES = field("replica_addresses", SerdeShape.list(STRING));

    /** Endpoint 28. */
    static final SerdeShape<List<String>> BROKER_CONFIG =
            struct("MemBrokerConfigPayload", values -> values.get(REPLICA_ADDRESSES), REPLICA_ADDRESSES);

    private static final Field<String> PROXY_ADDRESS = field("proxy_address", STRING);
    private static final Field<List<String>> NODES = field("nodes", SerdeShape.array(2, STRING));
    private static final Field<java.util.Optional<String>> HOST = field("host", SerdeShape.optional(STRING));
    private static final Field<java.util.Optional<Long>> INDEX = field("index", SerdeShape.optional(USIZE));

    /** Endpoint 20. */
    static final SerdeShape<ProxyRegistration> PROXY = struct(
            "ProxyResourcePayload",
            values -> new ProxyRegistration(
                    values.get(PROXY_ADDRESS),
                    values.get(NODES),
                    values.get(HOST),
                    values.get(INDEX).map(OptionalLong::of).orElse(OptionalLong.empty())),
            PROXY_ADDRESS,
            NODES,
            HOST,
            INDEX);

    private static final SerdeShape<Range> RANGE =
            SerdeShape.tupleStruct("Range", 2, USIZE).map(ends -> new Range(ends.get(0), ends.get(1)));

    /** Kept as sent: neither sorted nor merged. */
    static final SerdeShape<RangeList> RANGE_LIST = SerdeShape.list(RANGE).map(RangeList::new);

    private static final Field<Long> EPOCH = field("epoch", U64);
    private static final Field<String> SRC_PROXY_ADDRESS = field("src_proxy_address", STRING);
    private static final Field<String> SRC_NODE_ADDRESS = field("src_node_address", STRING);
    private static final Field<String> DST_PROXY_ADDRESS = field("dst_proxy_address", STRING);
    private static final Field<String> DST_NODE_ADDRESS = field("dst_node_address", STRING);

    private static final SerdeShape<MigrationMeta> MIGRATION_META = struct(
            "MigrationMeta",
            values -> new MigrationMeta(
                    values.get(EPOCH),
                    values.get(SRC_PROXY_ADDRESS),
                    values.get(SRC_NODE_ADDRESS),
                    values.get(DST_PROXY_ADDRESS),
                    values.get(DST_NODE_ADDRESS)),
            EPOCH,
            SRC_PROXY_ADDRESS,
            SRC_NODE_ADDRESS,
            DST_PROXY_ADDRESS,
            DST_NODE_ADDRESS);

    private static final SerdeShape<SlotRangeTag> TAG = new SerdeShape<>() {
        @Override
        SlotRangeTag read(SerdeReader in) throws SerdeException {
            return SerdeContainer.variant(in, new TagVariants());
        }
    };

    private static final class TagVariants implements SerdeContainer.Variants<SlotRangeTag> {
        private static final List<String> NAMES = List.of("Migrating", "Importing", "None");

        @Override
        public void check(String name) throws SerdeException {
            if (!NAMES.contains(name)) {
                throw SerdeContainer.unknownVariant(name, NAMES);
            }
        }

        @Override
        public SlotRangeTag unit(String name) throws SerdeException {
            if (!name.equals("None")) {
                throw SerdeException.invalidType("unit variant", "newtype variant");
            }
            return SlotRangeTag.None.NONE;
        }

        @Override
        public SlotRangeTag carrying(String name, SerdeReader in) throws SerdeException {
            switch (name) {
                case "Migrating" -> {
                    return new SlotRangeTag.Migrating(MIGRATION_META.read(in));
                }
                case "Importing" -> {
                    return new SlotRangeTag.Importing(MIGRATION_META.read(in));
                }
                default -> {
                    SerdeContainer.unit(in);
                    return SlotRangeTag.None.NONE;
                }
            }
        }
    }

    private static final Field<RangeList> RANGE_LIST_FIELD = field("range_list", RANGE_LIST);
    private static final Field<SlotRangeTag> TAG_FIELD = field("tag", TAG);

    static final SerdeShape<SlotRange> SLOT_RANGE = struct(
            "SlotRange",
            values -> new SlotRange(values.get(RANGE_LIST_FIELD), values.get(TAG_FIELD)),
            RANGE_LIST_FIELD,
            TAG_FIELD);

    private static final Field<String> CLUSTER_NAME_FIELD = field("cluster_name", STRING.map(CLUSTER_NAME));
    private static final Field<SlotRange> SLOT_RANGE_FIELD = field("slot_range", SLOT_RANGE);

    /** Endpoint 15. */
    static final SerdeShape<MigrationTask> MIGRATION_TASK = struct(
            "MigrationTaskMeta",
            values -> new MigrationTask(values.get(CLUSTER_NAME_FIELD), values.get(SLOT_RANGE_FIELD)),
            CLUSTER_NAME_FIELD,
            SLOT_RANGE_FIELD);

    private UndermoonBodies() {}
}
