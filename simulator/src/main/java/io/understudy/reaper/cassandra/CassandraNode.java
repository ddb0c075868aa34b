package io.understudy.reaper.cassandra;

public final class CassandraNode {
    public String address() {
        return "";
    }

    public boolean isUp() {
        return true;
    }

    public int pendingCompactions() {
        return 0;
    }
}
