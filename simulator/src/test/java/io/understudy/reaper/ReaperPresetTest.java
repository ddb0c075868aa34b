package io.understudy.reaper;

import static io.understudy.reaper.ReaperInWorld.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.reaper.ReaperSimulator.RunView;
import io.understudy.reaper.ReaperSimulator.ScheduleView;
import io.understudy.reaper.ReaperSimulator.SegmentView;
import io.understudy.reaper.cassandra.CassandraCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ready-made worlds (spec reaper 8.1). */
class ReaperPresetTest {

    @Test
    void theEmptyOneHasTwoCassandraClustersAndNothingRegistered() {
        ReaperInWorld reaper = new ReaperInWorld("empty");
        assertThat(reaper.process.context().universe().clusters())
                .extracting(CassandraCluster::name)
                .containsExactly("test", "analytics");
        assertThat(reaper.process.context().store().state()).isEqualTo(Store.State.EMPTY);
    }

    @Test
    void theDefaultOneHasACompletedRunAndAScheduleOfTheShop() {
        ReaperInWorld reaper = new ReaperInWorld("default");

        assertThat(reaper.simulator.clusters())
                .extracting(ReaperSimulator.ClusterView::name)
                .containsExactly("test");
        RunView run = reaper.simulator.runs().get(0);
        assertThat(run.keyspace()).isEqualTo("shop");
        assertThat(run.owner()).isEqualTo("alice");
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.totalSegments()).isEqualTo(7);
        assertThat(run.segmentsRepaired()).isEqualTo(7);
        assertThat(run.lastEvent()).isEqualTo("All done");
        assertThat(run.creationTime()).isEqualTo(START.minus(Duration.ofHours(2)));
        assertThat(run.endTime().orElseThrow()).isBetween(run.startTime().orElseThrow(), START);
        assertThat(run.tables()).containsExactlyInAnyOrder("users", "orders");

        ScheduleView schedule = reaper.simulator.schedules().get(0);
        assertThat(schedule.keyspace()).isEqualTo("shop");
        assertThat(schedule.owner()).isEqualTo("auto");
        assertThat(schedule.state()).isEqualTo(ScheduleState.ACTIVE);
        assertThat(schedule.daysBetween()).isEqualTo(7);
        assertThat(schedule.nextActivation()).isEqualTo(START.plus(Duration.ofDays(6)));
    }

    @Test
    void theGoClientsOneBringsItsSettings() {
        ReaperInWorld reaper = new ReaperInWorld("go-client");
        assertThat(reaper.process.context().universe().clusters())
                .extracting(CassandraCluster::name)
                .containsExactly("cluster-1", "cluster-2", "cluster-3");
        assertThat(reaper.simulator.clusters()).isEmpty();

        AccessControl control = ReaperKnobs.accessControl(ReaperInWorld.settings("go-client"));
        assertThat(control.enabled()).isTrue();
        assertThat(control.users())
                .containsExactly(new AccessControl.User("reaperUser", "reaperPass", List.of("operator")));
        assertThat(control.sessionTimeout()).isEqualTo(Duration.ofHours(2));
        reaper.post("cluster-1-node-0");
        assertThat(reaper.accepted(() -> reaper.process.clusters().status("cluster-1", null))
                        .jmx())
                .isEqualTo(new JmxAuth.Shown("reaperUser", true));
        assertThat(reaper.cluster("cluster-1").seedHosts())
                .containsExactlyInAnyOrder("cluster-1-node-0", "cluster-1-node-1");
    }

    @Test
    void whatWasSetCountsMoreThanWhatThePresetBrings() {
        assertThat(ReaperKnobs.accessControl(ReaperInWorld.settings("go-client", "auth.enabled=off"))
                        .enabled())
                .isFalse();
        assertThat(ReaperKnobs.accessControl(ReaperInWorld.settings("go-client").profile("upstream"))
                        .enabled())
                .isTrue();
        assertThat(ReaperKnobs.accessControl(ReaperInWorld.settings("default")).enabled())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = RunState.class, mode = EnumSource.Mode.EXCLUDE, names = "DELETED")
    void aRunMayBeInAnyState(RunState state) {
        ReaperInWorld reaper = new ReaperInWorld(ReaperPreset.empty()
                .register("test")
                .run("test", "booya", state, 4)
                .text());

        RunView run = reaper.simulator.runs().get(0);
        List<SegmentView> segments = reaper.simulator.segments(run.id());
        assertThat(run.state()).isEqualTo(state);
        assertThat(run.totalSegments()).isEqualTo(13);
        int done = state == RunState.DONE ? 13 : state == RunState.NOT_STARTED ? 0 : 6;
        assertThat(run.segmentsRepaired()).isEqualTo(done);
        assertThat(segments).allMatch(it -> it.endTime().isPresent() == (it.state() == SegmentState.DONE));
        assertThat(run.startTime().isPresent()).isEqualTo(state != RunState.NOT_STARTED);
        assertThat(run.endTime().isPresent()).isEqualTo(state.isTerminated());
    }

    @Test
    void aRunInErrorGoesOnWhereItStopped() {
        ReaperInWorld reaper = new ReaperInWorld("register(test)+run(test,booya,ERROR)");
        RunView run = reaper.simulator.runs().get(0);
        assertThat(run.lastEvent()).startsWith("No coordinators for range io.cassandrareaper.core.Segment@");

        reaper.accepted(() -> reaper.process.runs().updateState(run.id(), "RUNNING"));
        reaper.advance("1h");

        RunView now = reaper.simulator.run(run.id()).orElseThrow();
        assertThat(now.state()).isEqualTo(RunState.DONE);
        assertThat(now.startTime()).isEqualTo(run.startTime());
        assertThat(reaper.simulator.segments(run.id()).get(0).endTime())
                .hasValueSatisfying(end -> assertThat(end).isBefore(START));
    }

    @Test
    void aRunThatIsRunningGoesOnByItself() {
        ReaperInWorld reaper = new ReaperInWorld("default+run(test,booya,RUNNING)");
        reaper.advance("10m");
        assertThat(reaper.simulator.runs()).extracting(RunView::state).containsOnly(RunState.DONE);
    }

    @Test
    void aGridIsRegisteredAndMayBeScheduled() {
        ReaperInWorld reaper = new ReaperInWorld(
                ReaperPreset.empty().grid(6, 4).schedule("grid", "grid", 7).text());
        assertThat(reaper.cluster("grid").seedHosts()).hasSize(6);
        assertThat(reaper.simulator.schedules())
                .singleElement()
                .satisfies(it -> assertThat(it.nextActivation()).isEqualTo(START.plus(Duration.ofDays(6))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty",
                "default",
                "go-client",
                "register(test)",
                "default+run(test,booya,ERROR)",
                "default+run(test,booya,DONE,16)+schedule(test,booya,0)",
                "go-client+register(cluster-1)+run(cluster-1,reaper_client_test,PAUSED)",
                "grid(10,16)"
            })
    void aPresetIsWhatItsTextSays(String text) {
        assertThat(ReaperPreset.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "register",
                "register()x",
                "register(test)+default",
                "run(test,booya)",
                "run(test,booya,BROKEN)",
                "run(test,booya,DELETED)",
                "grid(1)",
                "default+"
            })
    void whatIsNoPresetIsRefusedWithThoseThereAre(String text) {
        assertThatThrownBy(() -> check(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run(CLUSTER,KEYSPACE,STATE[,SEGMENTS])");
    }

    private static void check(String text) {
        ReaperInWorld.DEFINITION.checkPreset(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register(nope)",
                "run(test,shop,DONE)",
                "register(test)+run(test,nope,DONE)",
                "grid(0,1)",
                "register(test)+schedule(test,shop,many)"
            })
    void whatCannotBeBroughtAboutIsSaid(String text) {
        assertThatThrownBy(() -> new ReaperInWorld(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
