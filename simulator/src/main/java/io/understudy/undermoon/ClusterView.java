package io.understudy.undermoon;

import java.util.List;

/** What endpoint 5 shows of a cluster, under the migration limit (spec undermoon 4.1, 5.6). */
record ClusterView(String name, long epoch, List<NodeView> nodes, ClusterConfig config) {
    ClusterView {
        nodes = List.copyOf(nodes);
    }
}
