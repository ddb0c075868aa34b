package io.understudy.reaper.cassandra;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A keyspace.
 *
 * @param tables in a stable order
 */
public record Keyspace(String name, Replication replication, List<Table> tables) {
    /**
     * Checks the tables.
     *
     * @throws IllegalArgumentException if two tables have the same name
     */
    public Keyspace {
        tables = List.copyOf(tables);
        Set<String> names = new HashSet<>();
        for (Table table : tables) {
            if (!names.add(table.name())) {
                throw new IllegalArgumentException("keyspace " + name + " has table " + table.name() + " twice");
            }
        }
    }

    /** The table of exactly that name. */
    public Optional<Table> table(String tableName) {
        return tables.stream().filter(table -> table.name().equals(tableName)).findFirst();
    }

    /** The names of its tables, in order. */
    public List<String> tableNames() {
        return tables.stream().map(Table::name).toList();
    }

    Keyspace with(Table table) {
        return new Keyspace(
                name,
                replication,
                Stream.concat(tables.stream(), Stream.of(table)).toList());
    }

    Keyspace without(String tableName) {
        return new Keyspace(
                name,
                replication,
                tables.stream().filter(table -> !table.name().equals(tableName)).toList());
    }
}
