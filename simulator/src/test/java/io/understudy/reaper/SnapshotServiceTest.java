package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.reaper.Refusal.Failed;
import io.understudy.reaper.Refusal.NotFound;
import io.understudy.reaper.Refusal.NotImplemented;
import io.understudy.reaper.Refusal.Unexpected;
import io.understudy.reaper.SnapshotService.Snapshot;
import io.understudy.reaper.cassandra.TableSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Snapshots of nodes and of clusters (spec reaper 1.6, 2.7). */
class SnapshotServiceTest {
    private static final String UNREACHABLE = "no host could be reached through JMX";
    private static final String NAME = "nightly-2026-01-01-02-30-00";

    private final ReaperInWorld reaper = new ReaperInWorld("register(test)");
    private final SnapshotService snapshots = reaper.process.snapshots();

    @Test
    @Covers("reaper P37")
    void theNameGetsTheTimeBehindIt() {
        assertThat(take("127.0.0.1", "booya", "nightly")).isEqualTo(NAME);
        assertThat(take("127.0.0.1", "booya", null)).isEqualTo("reaper-2026-01-01-02-30-00");
    }

    @Test
    void clusterWideSnapshotsKnowTheirOwnerAndOthersDoNot() {
        takeAll("booya", "alice", "backup");
        take("127.0.0.1", "shop", "mine");

        Map<String, Map<String, List<Snapshot>>> all = reaper.accepted(() -> snapshots.listClusterWide("test"));

        assertThat(all).containsOnlyKeys(NAME, "mine-2026-01-01-02-30-00");
        assertThat(all.get(NAME)).containsOnlyKeys("127.0.0.1", "127.0.0.2", "127.0.0.3");
        assertThat(all.get(NAME).get("127.0.0.1"))
                .hasSize(3)
                .contains(new Snapshot(
                        new TableSnapshot(NAME, "booya", "booya1", 0.0, 13.0),
                        "127.0.0.1",
                        "alice",
                        "backup",
                        ReaperInWorld.START,
                        "test"));
        assertThat(all.get("mine-2026-01-01-02-30-00").get("127.0.0.1")).allSatisfy(entry -> {
            assertThat(entry.owner()).isNull();
            assertThat(entry.cause()).isNull();
            assertThat(entry.creationDate()).isNull();
        });
        assertThat(reaper.accepted(() -> snapshots.list("test", "127.0.0.2"))).containsOnlyKeys(NAME);
    }

    @Test
    void withoutAKeyspaceAllAreTakenAndWithoutAnOwnerReaperIsIt() {
        takeAll(null, null, null);
        reaper.advance("1s");
        takeAll("", null, null);

        assertThat(reaper.accepted(() -> snapshots.list("test", "127.0.0.1")).values())
                .hasSize(2)
                .allSatisfy(entries -> {
                    assertThat(entries)
                            .extracting(entry -> entry.onNode().keyspace())
                            .contains("system", "shop");
                    assertThat(entries).extracting(Snapshot::owner).containsOnly("reaper");
                    assertThat(entries).extracting(Snapshot::cause).containsOnly("Snapshot taken with Reaper");
                });
    }

    @Test
    void anUnknownKeyspaceIsAnErrorAndClusterWideTheRecordIsWrittenAlready() {
        assertThat(reaper.refused(() -> snapshots.take("test", "127.0.0.1", "nope", null)))
                .isEqualTo(new Failed("java.io.IOException: Keyspace nope does not exist"));
        assertThat(reaper.refused(() -> snapshots.take("test", "127.0.0.1", "", null)))
                .isEqualTo(new Failed("java.io.IOException: Keyspace  does not exist"));
        assertThat(reaper.refused(() -> snapshots.takeClusterWide("test", "nope", null, null, null)))
                .isEqualTo(new Failed("java.util.concurrent.ExecutionException: io.cassandrareaper.ReaperException:"
                        + " java.io.IOException: Keyspace nope does not exist"));
        assertThat(reaper.process.context().store().snapshots()).hasSize(1);
    }

    @Test
    void theSameNameWithinASecondCollides() {
        take("127.0.0.1", "booya", "nightly");
        reaper.advance("999ms");
        assertThat(reaper.refused(() -> snapshots.take("test", "127.0.0.1", "booya", "nightly")))
                .isInstanceOf(Failed.class);
        reaper.advance("1ms");
        assertThat(take("127.0.0.1", "booya", "nightly")).isEqualTo("nightly-2026-01-01-02-30-01");
    }

    @Test
    void aHostThatIsNotThereOrDoesNotAnswerCannotBeReached() {
        reaper.simulator.nodeDown("127.0.0.2");
        for (String host : List.of("127.0.0.2", "127.0.0.9", "10.0.0.1")) {
            assertThat(reaper.refused(() -> snapshots.take("test", host, null, null)))
                    .isEqualTo(new Failed(UNREACHABLE));
            assertThat(reaper.refused(() -> snapshots.list("test", host))).isEqualTo(new Failed(UNREACHABLE));
            assertThat(reaper.refused(() -> snapshots.clear("test", host, "x"))).isEqualTo(new Failed(UNREACHABLE));
        }
    }

    @Test
    void anUnknownClusterIsNotFoundPerHostAndAnExceptionClusterWide() {
        assertThat(reaper.refused(() -> snapshots.take("no", "127.0.0.1", null, null)))
                .isEqualTo(new NotFound("no such cluster: no"));
        assertThat(reaper.refused(() -> snapshots.takeClusterWide("no", null, null, null, null)))
                .isEqualTo(new Unexpected());
        assertThat(reaper.refused(() -> snapshots.listClusterWide("no"))).isEqualTo(new Unexpected());
        assertThat(reaper.refused(() -> snapshots.clearClusterWide("no", "x"))).isEqualTo(new Unexpected());
    }

    @Test
    @Covers("reaper P38")
    void clearingTakesASnapshotAwayFromOneNodeOrFromAll() {
        takeAll("booya", null, null);
        reaper.accepted(() -> snapshots.clear("test", "127.0.0.1", NAME));
        assertThat(reaper.refused(() -> snapshots.clear("test", "127.0.0.1", NAME)))
                .isEqualTo(new NotFound(""));
        assertThat(reaper.accepted(() -> snapshots.listClusterWide("test")).get(NAME))
                .containsOnlyKeys("127.0.0.2", "127.0.0.3");

        reaper.simulator.jmxUnreachable("127.0.0.3");
        reaper.accepted(() -> snapshots.clearClusterWide("test", NAME));

        assertThat(reaper.process.context().store().snapshots()).isEmpty();
        assertThat(reaper.refused(() -> snapshots.clearClusterWide("test", "127.0.0.2")))
                .isEqualTo(new NotFound(""));
    }

    @Test
    void beforeVersion21ThereIsNothingToListWith() {
        reaper.process
                .context()
                .universe()
                .byName("test")
                .orElseThrow()
                .nodes()
                .forEach(node -> node.setVersion("2.0.17"));
        assertThat(reaper.refused(() -> snapshots.listClusterWide("test"))).isInstanceOf(NotImplemented.class);
        assertThat(reaper.refused(() -> snapshots.list("test", "127.0.0.1"))).isEqualTo(new Unexpected());
    }

    @Test
    void aSidecarTakesNoneOfASingleHost() {
        ReaperInWorld sidecar = new ReaperInWorld("register(test)", "datacenterAvailability=SIDECAR");
        assertThat(sidecar.refused(() -> sidecar.process.snapshots().take("test", "127.0.0.1", null, null)))
                .isEqualTo(new NotFound("Snapshots aren't yet supported in sidecar mode"));
    }

    private String take(String host, String keyspace, String name) {
        return reaper.accepted(() -> snapshots.take("test", host, keyspace, name));
    }

    private void takeAll(String keyspace, String owner, String cause) {
        reaper.accepted(() -> snapshots.takeClusterWide("test", keyspace, "nightly", owner, cause));
    }
}
