package io.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.fault.DomainFaultType;
import io.understudy.http.Endpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Knob<Long> SIZE = Knob.integer("size", 1, 0, 100, "how large");
    private final Settings defaults = Settings.of(new Sized());

    @Test
    void withoutAnythingElseAKnobHasItsDefault() {
        assertThat(defaults.get(SIZE)).isEqualTo(1);
    }

    @Test
    void aProfileHasItsOwnDefaults() {
        assertThat(defaults.profile("large").get(SIZE)).isEqualTo(50);
    }

    @Test
    void aPresetsDefaultCountsMoreThanTheProfilesInEitherOrder() {
        assertThat(defaults.profile("large").preset("tiny").get(SIZE)).isEqualTo(2);
        assertThat(defaults.preset("tiny").profile("large").get(SIZE)).isEqualTo(2);
    }

    @Test
    void whatWasSetCountsMostInEitherOrder() {
        assertThat(defaults.set("size", "3").preset("tiny").profile("large").get(SIZE))
                .isEqualTo(3);
        assertThat(defaults.preset("tiny").set("size", "3").get(SIZE)).isEqualTo(3);
        assertThat(defaults.preset("tiny").quirk("sized.nothing", true).get(SIZE))
                .isZero();
    }

    @Test
    void anotherPresetTakesTheDefaultsOfTheFirstWithIt() {
        assertThat(defaults.preset("tiny").preset("empty").get(SIZE)).isEqualTo(1);
    }

    @Test
    void whatIsListedIsWhatIsInForce() {
        assertThat(defaults.profile("large").preset("tiny").values()).containsExactly(Map.entry("size", "2"));
    }

    /** A system that is nothing but its settings. */
    private static final class Sized implements SystemDefinition {
        @Override
        public String name() {
            return "sized";
        }

        @Override
        public String title() {
            return "Sized";
        }

        @Override
        public Class<? extends Simulator> simulatorType() {
            return Simulator.class;
        }

        @Override
        public List<NodeSpec> nodes(Settings settings) {
            return List.of();
        }

        @Override
        public List<Profile> profiles() {
            return List.of(new Profile("plain", "", Map.of()), new Profile("large", "", Map.of("size", "50")));
        }

        @Override
        public List<Knob<?>> knobs() {
            return List.of(SIZE);
        }

        @Override
        public List<Quirk> quirks() {
            return List.of(new Quirk("sized.nothing", "", "size", "0", "1"));
        }

        @Override
        public List<PresetType> presets() {
            return List.of();
        }

        @Override
        public String standalonePreset() {
            return Settings.EMPTY_PRESET;
        }

        @Override
        public void checkPreset(String text) {}

        @Override
        public Map<String, String> presetKnobs(String text) {
            return text.equals("tiny") ? Map.of("size", "2") : Map.of();
        }

        @Override
        public List<Endpoint> endpoints() {
            return List.of();
        }

        @Override
        public List<DomainFaultType> domainFaults() {
            return List.of();
        }

        @Override
        public List<Action> actions() {
            return List.of();
        }

        @Override
        public SystemInstance install(Surroundings surroundings) {
            throw new UnsupportedOperationException();
        }
    }
}
