package io.understudy.reaper.cassandra;

import java.util.List;
import java.util.Optional;

public final class CassandraCluster {
    public String name() {
        return "";
    }

    public List<CassandraNode> nodes() {
        return List.of();
    }

    public Optional<CassandraNode> node(String address) {
        return Optional.empty();
    }
}
