package io.understudy.reaper;

import static io.understudy.reaper.ReaperInWorld.DEFINITION;
import static io.understudy.reaper.ReaperInWorld.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.reaper.ReaperConfiguration.DatacenterAvailability;
import io.understudy.reaper.ReaperConfiguration.Release;
import io.understudy.reaper.ReaperConfiguration.ScheduleOverlapRule;
import io.understudy.reaper.ReaperConfiguration.SegmentOrder;
import io.understudy.system.Knob;
import io.understudy.system.NodeSpec;
import io.understudy.system.Quirk;
import io.understudy.system.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be set about Reaper (spec reaper 8.2), its profiles, quirks and nodes. */
class ReaperKnobsTest {

    @Test
    void theDefaultsAreThoseOfTheSpec() {
        ReaperConfiguration configuration = configuration();

        assertThat(configuration.release()).isEqualTo(Release.V4);
        assertThat(configuration.strictRoutes()).isFalse();
        assertThat(configuration.storageFlavour()).isEqualTo(StorageFlavour.CASSANDRA);
        assertThat(configuration.instances()).isOne();
        assertThat(configuration.segmentCountPerNode()).isEqualTo(64);
        assertThat(configuration.repairParallelism()).isEqualTo(RepairParallelism.DATACENTER_AWARE);
        assertThat(configuration.repairIntensity()).isEqualTo(0.9);
        assertThat(configuration.incrementalRepair()).isFalse();
        assertThat(configuration.subrangeIncrementalRepair()).isFalse();
        assertThat(configuration.repairThreadCount()).isOne();
        assertThat(configuration.hangingRepairTimeoutMins()).isEqualTo(30);
        assertThat(configuration.blacklistTwcsTables()).isTrue();
        assertThat(configuration.maxParallelRepairs()).isEqualTo(2);
        assertThat(configuration.maxPendingCompactions()).isEqualTo(20);
        assertThat(configuration.repairManagerSchedulingInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.enableDynamicSeedList()).isTrue();
        assertThat(configuration.datacenterAvailability()).isEqualTo(DatacenterAvailability.ALL);
        assertThat(configuration.httpManagement()).isFalse();
        assertThat(configuration.schedulerPeriod()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.scheduleOverlapRule()).isEqualTo(ScheduleOverlapRule.ACTIVE_RUN);
        assertThat(configuration.scheduleRetryOnError()).isFalse();
        assertThat(configuration.scheduleRetryDelay()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.percentRepairedCheckInterval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(configuration.purgeRecordsAfterInDays()).isEqualTo(30);
        assertThat(configuration.numberOfRunsToKeepPerUnit()).isEqualTo(50);
        assertThat(configuration.autoScheduling().enabled()).isFalse();
        assertThat(configuration.autoScheduling().initialDelayPeriod()).isEqualTo(Duration.ofSeconds(15));
        assertThat(configuration.repairs().triggerLatency()).isEqualTo(Duration.ofMillis(500));
        assertThat(configuration.repairs().startLatency()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.repairs().minDuration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(configuration.repairs().maxDuration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(configuration.repairs().order()).isEqualTo(SegmentOrder.RANDOM);
        assertThat(configuration.clusterListCache()).isZero();
        assertThat(configuration.metadataCache()).isZero();
        assertThat(configuration.lenientDiagParams()).isFalse();
        assertThat(ReaperKnobs.accessControl(settings("empty")).enabled()).isFalse();
        assertThat(settings("empty").get(ReaperKnobs.CRYPTOGRAPH).encrypts()).isFalse();
    }

    @Test
    void constantsAreWrittenAsInTheYamlFileInAnyCase() {
        assertThat(configuration("repairParallelism=PARALLEL").repairParallelism())
                .isEqualTo(RepairParallelism.PARALLEL);
        assertThat(configuration("repairParallelism=datacenter-aware").repairParallelism())
                .isEqualTo(RepairParallelism.DATACENTER_AWARE);
        assertThat(configuration("datacenterAvailability=sidecar").datacenterAvailability())
                .isEqualTo(DatacenterAvailability.SIDECAR);
        assertThat(configuration("scheduleOverlapRule=cause-only").scheduleOverlapRule())
                .isEqualTo(ScheduleOverlapRule.CAUSE_ONLY);
        assertThat(configuration("storageFlavour=memory", "incrementalRepair=true")
                        .incrementalRepair())
                .isTrue();
    }

    @Test
    void aDurationOfSegmentsMayBeTwo() {
        ReaperConfiguration.Repairs repairs =
                configuration("segment.duration=2s..8s").repairs();
        assertThat(repairs.minDuration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(repairs.maxDuration()).isEqualTo(Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @CsvSource({
        "segment.duration, 8s..2s",
        "segment.duration, fast",
        "segment.nothingToRepairShare, 1.1",
        "repairIntensity, 0",
        "repairIntensity, NaN",
        "repairParallelism, dc_parallel",
        "release, 5.x",
        "instances, 0",
        "auth.jwtSecret, short",
        "auth.users, nobody",
        "auth.users, a::operator",
        "auth.sessionTimeout, 0s",
        "autoScheduling.periodBetweenPolls, 0s",
        "jmxCredentials, test:user",
        "cryptograph, rot13",
        "segmentOrder, reverse",
    })
    void whatIsNoValueIsRefusedWithTheKnobsName(String knob, String value) {
        assertThatThrownBy(() -> settings("empty", knob + "=" + value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reaper." + knob + " is ");
    }

    @Test
    void everyProfileAndEveryQuirkIsMadeOfKnobsThatThereAre() {
        DEFINITION
                .profiles()
                .forEach(profile -> profile.knobs().forEach((knob, value) -> settings("empty", knob + "=" + value)));
        for (Quirk quirk : DEFINITION.quirks()) {
            Settings on = settings("empty").quirk(quirk.id(), true);
            assertThat(on.values())
                    .isNotEqualTo(settings("empty").quirk(quirk.id(), false).values());
            assertThat(settings("empty").quirk(quirk.id(), false).get(knob(quirk.knob())))
                    .as(quirk.id() + " is off by default")
                    .isEqualTo(settings("empty").get(knob(quirk.knob())));
        }
    }

    private static Knob<?> knob(String name) {
        return ReaperKnobs.ALL.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void profilesChooseTheRelease() {
        assertThat(ReaperKnobs.configuration(settings("empty").profile("upstream"))
                        .strictRoutes())
                .isTrue();
        assertThat(ReaperKnobs.configuration(settings("empty").profile("3.x")).release())
                .isEqualTo(Release.V3);
        assertThat(ReaperKnobs.configuration(settings("empty").profile("2.x")).release())
                .isEqualTo(Release.V2);
        assertThat(DEFINITION.profiles().get(0).name()).isEqualTo("documented");
    }

    @Test
    void everyProcessHasAPairOfPorts() {
        assertThat(DEFINITION.nodes(settings("empty")))
                .containsExactly(new NodeSpec("application", 8080), new NodeSpec("admin", 8081));
        assertThat(DEFINITION.nodes(settings("empty", "instances=2")))
                .containsExactly(
                        new NodeSpec("application", 8080),
                        new NodeSpec("admin", 8081),
                        new NodeSpec("application-2", 8082),
                        new NodeSpec("admin-2", 8083));
    }

    private static ReaperConfiguration configuration(String... knobs) {
        return ReaperKnobs.configuration(settings("empty", knobs));
    }
}
