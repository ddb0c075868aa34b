package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The invariants of spec undermoon 6.4, asked of what a broker says over HTTP. Remembers the epochs it has seen. */
final class StoreInvariants {
    private static final int SLOTS = 16_384;

    private final Client client;
    private final long limit;
    private final boolean shuffled;
    private final Map<String, Long> clusterEpochs = new HashMap<>();
    private long globalEpoch;

    /**
     * @param limit how many migrations are shown; 0 = all
     * @param shuffled whether lists are in an order of their own (spec undermoon 2.5)
     */
    StoreInvariants(Client client, long limit, boolean shuffled) {
        this.client = client;
        this.limit = limit;
        this.shuffled = shuffled;
    }

    void check(JsonNode metadata) {
        checkPlaces(metadata);
        checkEpochs(metadata);
        metadata.get("clusters").properties().forEach(cluster -> {
            checkTasks(cluster.getValue());
            if (!migrates(cluster.getValue())) {
                checkBalance(cluster.getValue());
            }
        });
        checkViews(metadata, new ExpectedViews(metadata, limit));
    }

    /** 6.4.4. */
    private static void checkPlaces(JsonNode metadata) {
        Set<String> placed = new HashSet<>();
        metadata.get("clusters").properties().forEach(cluster -> {
            for (JsonNode chunk : cluster.getValue().get("chunks")) {
                for (JsonNode address : chunk.get("proxy_addresses")) {
                    assertThat(placed.add(address.asText()))
                            .as("%s is in one chunk", address)
                            .isTrue();
                    assertThat(metadata.get("all_proxies")
                                    .get(address.asText())
                                    .get("cluster")
                                    .asText())
                            .isEqualTo(cluster.getKey());
                }
            }
        });
        metadata.get("all_proxies")
                .properties()
                .forEach(proxy -> assertThat(proxy.getValue().get("cluster").isNull())
                        .as("%s is free", proxy.getKey())
                        .isNotEqualTo(placed.contains(proxy.getKey())));
    }

    /** 6.4.7; a restored dump is never older here. */
    private void checkEpochs(JsonNode metadata) {
        long ge = metadata.get("global_epoch").asLong();
        assertThat(ge).isGreaterThanOrEqualTo(globalEpoch);
        globalEpoch = ge;
        Set<String> names = new HashSet<>();
        metadata.get("clusters").properties().forEach(cluster -> {
            String name = cluster.getKey();
            long ce = cluster.getValue().get("epoch").asLong();
            names.add(name);
            assertThat(ce).isBetween(clusterEpochs.getOrDefault(name, 0L), ge);
            clusterEpochs.put(name, ce);
            cluster.getValue()
                    .get("chunks")
                    .findValues("meta")
                    .forEach(meta -> assertThat(meta.get("epoch").asLong()).isLessThanOrEqualTo(ce));
        });
        clusterEpochs.keySet().retainAll(names);
    }

    /** 6.4.1 on the store: every outgoing half has one incoming half with the same words, at the place it names. */
    private static void checkTasks(JsonNode cluster) {
        List<String> outgoing = new ArrayList<>();
        List<String> incoming = new ArrayList<>();
        for (int chunk = 0; chunk < cluster.get("chunks").size(); chunk++) {
            for (int part = 0; part < 2; part++) {
                for (JsonNode task :
                        cluster.get("chunks").get(chunk).get("migrating_slots").get(part)) {
                    boolean leaves = task.get("is_migrating").asBoolean();
                    String end = leaves ? "src" : "dst";
                    assertThat(task.get("meta").get(end + "_chunk_index").asInt())
                            .isEqualTo(chunk);
                    assertThat(task.get("meta").get(end + "_chunk_part").asInt())
                            .isEqualTo(part);
                    (leaves ? outgoing : incoming).add(task.get("range_list") + " " + task.get("meta"));
                }
            }
        }
        assertThat(incoming).containsExactlyInAnyOrderElementsOf(outgoing);
    }

    static boolean migrates(JsonNode cluster) {
        return cluster.get("chunks").findValue("is_migrating") != null;
    }

    /** 6.4.5. */
    private static void checkBalance(JsonNode cluster) {
        List<Integer> counts = new ArrayList<>();
        cluster.get("chunks").forEach(chunk -> chunk.get("stable_slots").forEach(slots -> counts.add(count(slots))));
        assertThat(counts).isSortedAccordingTo(Comparator.reverseOrder());
        List<Integer> carrying = counts.stream().filter(count -> count > 0).toList();
        assertThat(carrying.get(0) - carrying.get(carrying.size() - 1)).isLessThanOrEqualTo(1);
    }

    private static int count(JsonNode slots) {
        int count = 0;
        for (JsonNode range : slots.path("range_list")) {
            count += range.get(1).asInt() - range.get(0).asInt() + 1;
        }
        return count;
    }

    /** Everything that is shown follows from the dump, and every cluster that is shown is sound by itself. */
    private void checkViews(JsonNode metadata, ExpectedViews expected) {
        List<String> names = names(metadata.get("clusters"));
        List<String> addresses = names(metadata.get("all_proxies"));
        assertThat(epochs()).containsOnly(metadata.get("global_epoch").asText());
        assertList(all("/clusters/names", "names"), names);
        assertList(paged("/proxies/addresses"), addresses);
        assertList(all("/proxies/failed/addresses", "addresses"), texts(metadata.get("failed_proxies")));
        for (String name : names) {
            JsonNode view = get("/clusters/meta/" + name);
            assertThat(view).isEqualTo(expected.cluster(name));
            checkCluster(view.get("cluster"));
            assertThat(get("/clusters/info/" + name)).isEqualTo(expected.info(name));
            assertThat(client.send("GET /api/v2/clusters/meta/" + name).json())
                    .isEqualTo(ExpectedViews.asV2(expected.cluster(name)));
        }
        for (String address : addresses) {
            assertThat(get("/proxies/meta/" + address)).isEqualTo(expected.proxy(address));
        }
        // the older shape follows from the same view: one of them is enough each time
        if (!addresses.isEmpty()) {
            String address = addresses.get((int) (globalEpoch % addresses.size()));
            assertThat(client.send("GET /api/v2/proxies/meta/" + address).json())
                    .isEqualTo(ExpectedViews.proxyAsV2(expected.proxy(address)));
        }
    }

    private void assertList(List<String> shown, List<String> stored) {
        if (shuffled) {
            assertThat(shown).containsExactlyInAnyOrderElementsOf(stored);
        } else {
            assertThat(shown).isEqualTo(stored);
        }
    }

    private List<String> all(String path, String member) {
        return texts(get(path).get(member));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private List<String> epochs() {
        return List.of(
                client.send("GET /api/v3/epoch").body(),
                client.send("GET /api/v2/epoch").body());
    }

    private static List<String> names(JsonNode map) {
        List<String> names = new ArrayList<>();
        map.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode get(String path) {
        Answer answer = client.send(Ask.get(path));
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.json();
    }

    /** As coordinators read: page by page up to an empty one (P46). */
    private List<String> paged(String path) {
        List<String> all = new ArrayList<>();
        int before;
        do {
            before = all.size();
            all.addAll(all(path + "?offset=" + before + "&limit=5", "addresses"));
        } while (all.size() > before);
        return all;
    }

    /** 6.4.1 to 6.4.3 and 6.4.6, of a cluster as it is shown. */
    private void checkCluster(JsonNode cluster) {
        List<String> migrating = new ArrayList<>();
        List<String> importing = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        int[] owners = new int[SLOTS];
        JsonNode nodes = cluster.get("nodes");
        int masters = 0;
        for (JsonNode node : nodes) {
            boolean isMaster = node.at("/repl/role").asText().equals("master");
            masters += isMaster ? 1 : 0;
            assertThat(isMaster || node.get("slots").isEmpty())
                    .as("%s carries as a master", node)
                    .isTrue();
            for (JsonNode slots : node.get("slots")) {
                JsonNode tag = slots.get("tag");
                if (tag.has("Importing")) {
                    assertThat(tag.at("/Importing/dst_node_address")).isEqualTo(node.get("address"));
                    importing.add(slots.get("range_list") + " " + tag.get("Importing"));
                    continue;
                }
                own(owners, slots.get("range_list"));
                if (tag.has("Migrating")) {
                    assertThat(tag.at("/Migrating/src_node_address")).isEqualTo(node.get("address"));
                    migrating.add(slots.get("range_list") + " " + tag.get("Migrating"));
                    sources.add(node.get("address").asText());
                }
            }
        }
        assertThat(owners).containsOnly(1);
        assertThat(importing).containsExactlyInAnyOrderElementsOf(migrating);
        assertThat(masters).isEqualTo(nodes.size() / 2);
        checkPeers(nodes);
        if (limit > 0) {
            assertThat(sources).hasSizeLessThanOrEqualTo((int) limit).doesNotHaveDuplicates();
        }
    }

    private static void own(int[] owners, JsonNode ranges) {
        for (JsonNode range : ranges) {
            for (int slot = range.get(0).asInt(); slot <= range.get(1).asInt(); slot++) {
                owners[slot]++;
            }
        }
    }

    private static void checkPeers(JsonNode nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            JsonNode peers = node.at("/repl/peers");
            assertThat(peers).hasSize(1);
            JsonNode peer = nodes.get(i / 4 * 4 + 3 - i % 4);
            assertThat(peers.get(0).get("node_address")).isEqualTo(peer.get("address"));
            assertThat(peers.get(0).get("proxy_address"))
                    .isEqualTo(peer.get("proxy_address"))
                    .isNotEqualTo(node.get("proxy_address"));
        }
    }
}
