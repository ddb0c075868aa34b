package io.understudy.reaper.cassandra;

import io.understudy.reaper.cassandra.Replication.LocalStrategy;
import io.understudy.reaper.cassandra.Replication.SimpleStrategy;
import java.util.Arrays;
import java.util.List;

/** What Cassandra brings along, with its default replication. Of {@code system} only what spec reaper 7 (golden 9) shows. */
final class SystemKeyspaces {
    private SystemKeyspaces() {}

    static List<Keyspace> all() {
        return List.of(system(), systemAuth(), systemDistributed(), systemSchema(), systemTraces());
    }

    static Keyspace system() {
        return keyspace("system", new LocalStrategy(), "local", "peers");
    }

    static Keyspace systemAuth() {
        return keyspace(
                "system_auth",
                new SimpleStrategy(1),
                "resource_role_permissons_index", // sic
                "role_members",
                "role_permissions",
                "roles");
    }

    static Keyspace systemSchema() {
        return keyspace(
                "system_schema",
                new LocalStrategy(),
                "aggregates",
                "columns",
                "dropped_columns",
                "functions",
                "indexes",
                "keyspaces",
                "tables",
                "triggers",
                "types",
                "views");
    }

    private static Keyspace systemDistributed() {
        return keyspace(
                "system_distributed",
                new SimpleStrategy(3),
                "parent_repair_history",
                "repair_history",
                "view_build_status");
    }

    private static Keyspace systemTraces() {
        return keyspace("system_traces", new SimpleStrategy(2), "events", "sessions");
    }

    private static Keyspace keyspace(String name, Replication replication, String... tables) {
        return new Keyspace(
                name, replication, Arrays.stream(tables).map(Table::empty).toList());
    }
}
