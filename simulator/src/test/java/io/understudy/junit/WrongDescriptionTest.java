package io.understudy.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.understudy.World;
import io.understudy.system.Simulator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongDescriptionTest {
    @ParameterizedTest
    @MethodSource
    void anAnnotationThatIsWrongFailsTheClassAndSaysWhatWouldBeRight(Class<?> wrong, String message) {
        assertThat(Kit.failure(Kit.run(wrong)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("@Understudy of " + wrong.getName())
                .hasMessageContaining(message);
    }

    static Stream<Arguments> anAnnotationThatIsWrongFailsTheClassAndSaysWhatWouldBeRight() {
        return Stream.of(
                arguments(UnknownSystem.class, "there is no system 'overmoon'; there are reaper, undermoon"),
                arguments(UnknownPreset.class, "'sevenProxies' is no preset of undermoon; there are"),
                arguments(PresetWithoutSystem.class, "preset = \"worldSixProxies\" is not of the form SYSTEM=PRESET"),
                arguments(UnknownProfile.class, "undermoon has no profile 'exact'; it has documented, upstream"),
                arguments(WrongKnob.class, "undermoon.failureTtl is a duration such as 30s or PT2H; 'soon' is not"),
                arguments(UnknownQuirk.class, "undermoon has no quirk 'undermoon.nice'"),
                arguments(WrongQuirk.class, "the quirk undermoon.api-v2 is switched on or off; 'maybe' is neither"),
                arguments(WrongClock.class, "no clock mode 'sundial'; use real, real:SPEED, manual or per-request"));
    }

    @Test
    void aParameterForASystemThatIsNotInTheWorldSaysWhichAre() {
        assertThat(Kit.failure(Kit.run(ParameterOfAnother.class)))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining(
                        "parameter 2 of ParameterOfAnother.test: no AnotherSimulator in this world; its systems"
                                + " are [undermoon]");
    }

    @Test
    void aFieldForASystemThatIsNotInTheWorldSaysWhichAre() {
        assertThat(Kit.failure(Kit.run(FieldOfAnother.class)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("the field FieldOfAnother.another: no AnotherSimulator in this world");
        assertThat(Kit.failure(Kit.run(StaticFieldOfAnother.class)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(
                        "the static field StaticFieldOfAnother.another: no AnotherSimulator in this world");
    }

    @Test
    void aClassWithTwoDescriptionsIsRefused() {
        assertThat(Kit.failure(Kit.run(Twice.class)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(
                        "is given two worlds: use either @Understudy or one registered UnderstudyExtension");
        assertThat(Kit.failure(Kit.run(TwicePerInstance.class)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("is given two worlds");
    }

    @Test
    void aSeedFromOutsideMustBeANumber() {
        assertThat(Kit.failure(Kit.run(Map.of("understudy.seed", "lucky"), Right.class)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("understudy.seed is 'lucky'; it must be a whole number");
    }

    interface AnotherSimulator extends Simulator {}

    static class OneCase {
        @Test
        void test() {}
    }

    @Understudy
    static class Right extends OneCase {}

    @Understudy(systems = {"undermoon", "overmoon"})
    static class UnknownSystem extends OneCase {}

    @Understudy(preset = "undermoon=sevenProxies")
    static class UnknownPreset extends OneCase {}

    @Understudy(preset = "worldSixProxies")
    static class PresetWithoutSystem extends OneCase {}

    @Understudy(profile = "undermoon=exact")
    static class UnknownProfile extends OneCase {}

    @Understudy(set = "undermoon.failureTtl=soon")
    static class WrongKnob extends OneCase {}

    @Understudy(quirk = "undermoon.nice=on")
    static class UnknownQuirk extends OneCase {}

    @Understudy(quirk = "undermoon.api-v2=maybe")
    static class WrongQuirk extends OneCase {}

    @Understudy(clock = "sundial")
    static class WrongClock extends OneCase {}

    @Understudy(systems = "undermoon")
    static class ParameterOfAnother {
        @Test
        void test(World world, AnotherSimulator another) {}
    }

    @Understudy(systems = "undermoon")
    static class FieldOfAnother extends OneCase {
        AnotherSimulator another;
    }

    @Understudy(systems = "undermoon")
    static class StaticFieldOfAnother extends OneCase {
        static AnotherSimulator another;
    }

    @Understudy
    static class Twice extends OneCase {
        @RegisterExtension
        static final UnderstudyExtension UNDERSTUDY =
                UnderstudyExtension.builder().build();
    }

    @Understudy
    static class TwicePerInstance extends OneCase {
        @RegisterExtension
        final UnderstudyExtension understudy = UnderstudyExtension.builder().build();
    }
}
