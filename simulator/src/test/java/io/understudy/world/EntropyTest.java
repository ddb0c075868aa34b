package io.understudy.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EntropyTest {
    @Test
    void theDrawsOfASeedAreTheSameInEveryRelease() {
        Kernel kernel = kernel(42);
        kernel.step(() -> {
            Entropy.Stream stream = kernel.entropy().stream("golden");
            assertThat(stream.nextLong()).isEqualTo(1522675729923730834L);
            assertThat(stream.nextUuid()).isEqualTo(UUID.fromString("9d07f170-119d-4eac-8f24-e237c4aa8f1c"));
            assertThat(stream.nextDouble()).isEqualTo(0.8499835930369743);
            assertThat(stream.nextInt(100)).isEqualTo(30);
            assertThat(stream.nextLong(1_000_000_007L)).isEqualTo(146810955L);
            assertThat(stream.nextBoolean()).isFalse();
        });
    }

    @Property
    void aDrawInOneStreamShiftsNothingInAnother(@ForAll long seed, @ForAll String one, @ForAll String other) {
        if (one.equals(other)) {
            return;
        }
        Kernel alone = kernel(seed);
        Kernel together = kernel(seed);
        together.step(() -> {
            draws(together, other, 5);
        });
        List<Long> first = draws(together, one, 3);
        draws(together, other, 1);
        List<Long> second = draws(together, one, 3);

        assertThat(draws(alone, one, 3)).isEqualTo(first);
        assertThat(draws(alone, one, 3)).isEqualTo(second).isNotEqualTo(first);
        assertThat(draws(together, other, 3)).isNotEqualTo(second);
    }

    @Property
    void anotherSeedDrawsSomethingElse(@ForAll long seed, @ForAll String name) {
        assertThat(draws(kernel(seed), name, 2)).isNotEqualTo(draws(kernel(seed + 1), name, 2));
    }

    @Property
    void uuidsAreOfVersionFourAndDiffer(@ForAll long seed) {
        Kernel kernel = kernel(seed);
        kernel.step(() -> {
            UUID uuid = kernel.entropy().stream("id").nextUuid();
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(kernel.entropy().stream("id").nextUuid()).isNotEqualTo(uuid);
        });
    }

    @Test
    void aForgottenStreamBeginsAnew() {
        Kernel kernel = kernel(1);
        List<Long> first = draws(kernel, "a", 3);
        kernel.step(() -> kernel.entropy().forget("a"));

        assertThat(draws(kernel, "a", 3)).isEqualTo(first);
    }

    @Test
    void aStreamIsAskedForInsideAStepOnly() {
        assertThatIllegalStateException()
                .isThrownBy(() -> kernel(1).entropy().stream("a"))
                .withMessage("this happens inside a step of the world only");
    }

    @Test
    void aStreamThatWasKeptOverAResetSaysSo() {
        Kernel kernel = kernel(1);
        Entropy.Stream kept = kernel.step(() -> kernel.entropy().stream("a"));
        kernel.reset();

        assertThatIllegalStateException().isThrownBy(kept::nextLong).withMessageContaining("ask Entropy.stream again");
    }

    private static List<Long> draws(Kernel kernel, String stream, int count) {
        return kernel.step(
                () -> LongStream.generate(() -> kernel.entropy().stream(stream).nextLong())
                        .limit(count)
                        .boxed()
                        .toList());
    }

    private static Kernel kernel(long seed) {
        return new Kernel(seed, Kernel.DEFAULT_START, ClockMode.manual(), () -> 0);
    }
}
