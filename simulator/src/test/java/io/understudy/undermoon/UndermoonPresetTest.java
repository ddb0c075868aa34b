package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.Understudy;
import io.understudy.World;
import io.understudy.WorldBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Initial states, spec undermoon 11. */
final class UndermoonPresetTest {
    @Test
    void aDumpIsAPreset() {
        String dump = simulator(UndermoonPreset.worldSixProxies().midMigration(4, 8, 1))
                .metadata();

        assertThat(simulator(UndermoonPreset.metadata(dump)).metadata()).isEqualTo(dump);
        assertThat(simulator("metadata:" + dump).metadata()).isEqualTo(dump);
    }

    @Test
    void stepsMayFollowADump() {
        String dump = simulator(UndermoonPreset.worldSixProxies().cluster("mycluster", 4))
                .metadata();
        UndermoonPreset preset =
                UndermoonPreset.metadata(dump).cluster("other", 4).afterFailover("server_proxy1:6001");

        assertThat(preset.text()).isEqualTo("metadata:" + dump + "+cluster(other,4)+afterFailover(server_proxy1:6001)");
        assertThat(simulator(preset).clusterNames()).containsExactly("mycluster", "other");
        assertThat(simulator(preset.text()).failedProxies()).containsExactly("server_proxy1:6001");
    }

    @Test
    void aDumpMayHoldBracesAndQuotes() {
        String dump = "{\"version\":\"mem-broker-0.2\",\"global_epoch\":18446744073709551615,\"clusters\":{},"
                + "\"all_proxies\":{},\"failed_proxies\":[\"}\\\"{+\"],\"failures\":{},\"enable_ordered_proxy\":true}";
        UndermoonSimulator simulator = simulator("metadata:" + dump);
        assertThat(simulator.metadata()).isEqualTo(dump);
        assertThat(simulator.failedProxies()).containsExactly("}\"{+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata:",
                "metadata:{}",
                "metadata:{\"version\":\"mem-broker-0.1\",\"global_epoch\":1,\"clusters\":{},\"all_proxies\":{},"
                        + "\"failed_proxies\":[],\"failures\":{},\"enable_ordered_proxy\":false}",
                "worldSixProxies+metadata:{}",
                "metadata"
            })
    void whatIsNoDumpIsRefusedAtOnce(String text) {
        WorldBuilder builder = Understudy.world().system("undermoon");
        assertThatThrownBy(() -> builder.preset("undermoon", text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStoreCanBePutBackWhateverItsEpoch() {
        UndermoonSimulator simulator = simulator(UndermoonPreset.worldSixProxies());
        String before = simulator.metadata();
        simulator.restoreMetadata(before.replace("\"global_epoch\":6", "\"global_epoch\":600"));
        assertThat(simulator.globalEpoch()).isEqualTo(600);

        simulator.restoreMetadata(before);

        assertThat(simulator.metadata()).isEqualTo(before);
        assertThatThrownBy(() -> simulator.restoreMetadata("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EOF while parsing an object at line 1 column 1");
    }

    private static UndermoonSimulator simulator(UndermoonPreset preset) {
        return simulator(preset.text());
    }

    private static UndermoonSimulator simulator(String preset) {
        World world = Understudy.world()
                .system("undermoon")
                .preset("undermoon", preset)
                .build();
        return world.simulator(UndermoonSimulator.class);
    }
}
