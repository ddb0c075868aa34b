package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens against what another implementation of HMAC (Python's) signs. */
class JwtTest {
    private static final Instant NOW = Instant.parse("2026-05-20T09:00:00Z");
    private static final Jwt DEFAULT = new Jwt(AccessControl.DEFAULT_SECRET);

    private static final String HS384 =
            "eyJhbGciOiJIUzM4NCJ9.eyJzdWIiOiJhZG1pbiIsInJvbGVzIjpbIm9wZXJhdG9yIl0sImlhdCI6MTc3OTI2NzYwMCwiZXhwIjoxNzc5MjY4MjAwfQ"
                    + ".5lFcL05ax-O7T17QHt3JhfK4OXkpMpXqZAc-ZDxyOK20qk4RXkzodeot51C7_A3i";
    private static final String HS512_OF_64_TIMES_A =
            "eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJhZG1pbiIsInJvbGVzIjpbIm9wZXJhdG9yIl0sImlhdCI6MTc3OTI2NzYwMCwiZXhwIjoxNzc5MjY4MjAwfQ"
                    + ".FF8vfP8Jq2N31zhJ1GTqL7rYx4pvQuGXYwX6_B0xJ5EK_t92W3tlZ-VJ8HDBbRJ7tIzFFL_XmAa_PPB_jCon6A";
    private static final String HS256 =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.dUJqRkFF5B7UHqdZntH2dV6tQR2U8XcjByFyJ9MKyz0";
    private static final String HS256_WITH_MORE_IN_IT =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZG1pbiIsIngiOnsieSI6WzFdfX0.D8OD_xSaM96Lr6DTK_J0Aio-DoF3jnUFj_5mH5gQRGM";
    private static final String HS512_WITH_A_SHORT_KEY = "eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJhZG1pbiJ9"
            + ".OAk-TRfaAHnTGTXERasYvS-RMG68HFmd4VW24NcawByM4mReVnLzIlku2Ai5QAMwuUUxliUXEjVWDFq7ZuU0Qg";

    private static final Jwt.Claims CLAIMS = new Jwt.Claims("admin", List.of("operator"), NOW, NOW.plusSeconds(600));

    @Test
    @Covers("reaper P51")
    void theAlgorithmFollowsTheLengthOfTheSecret() {
        assertThat(DEFAULT.sign(CLAIMS)).isEqualTo(HS384);
        assertThat(new Jwt("a".repeat(64)).sign(CLAIMS)).isEqualTo(HS512_OF_64_TIMES_A);
        assertThat(new Jwt("a".repeat(63)).sign(CLAIMS)).startsWith("eyJhbGciOiJIUzM4NCJ9.");
        assertThat(new Jwt("a".repeat(48)).sign(CLAIMS)).startsWith("eyJhbGciOiJIUzM4NCJ9.");
        assertThat(new Jwt("a".repeat(47)).sign(CLAIMS)).startsWith("eyJhbGciOiJIUzI1NiJ9.");
        assertThat(DEFAULT.signHs256(new Jwt.Claims("admin", null, null, null))).isEqualTo(HS256);
    }

    @Test
    void whatItSignedIsGoodUntilItEnds() {
        assertThat(DEFAULT.verify(HS384, NOW)).contains(new Jwt.Claims("admin", null, NOW, NOW.plusSeconds(600)));
        assertThat(DEFAULT.verify(HS384, NOW.plusSeconds(600))).isPresent();
        assertThat(DEFAULT.verify(HS384, NOW.plusSeconds(601))).isEmpty();
        assertThat(DEFAULT.verify(HS384, NOW.plusMillis(600_001))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {HS256, HS256_WITH_MORE_IN_IT})
    @Covers("reaper P51")
    void otherHmacsAreTakenIfTheSecretIsLongEnough(String token) {
        assertThat(DEFAULT.verify(token, NOW).map(Jwt.Claims::subject)).contains("admin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "a.b.c",
                "a.b.c.d",
                HS512_WITH_A_SHORT_KEY,
                HS384 + "A",
                "x" + HS384,
                // alg none, without a signature
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
                // the payload of another token
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.dUJqRkFF5B7UHqdZntH2dV6tQR2U8XcjByFyJ9MKyz0",
                "!.eyJzdWIiOiJhZG1pbiJ9.dUJqRkFF5B7UHqdZntH2dV6tQR2U8XcjByFyJ9MKyz0",
            })
    void othersAreNot(String token) {
        assertThat(DEFAULT.verify(token, NOW)).isEmpty();
    }

    @Test
    void aTokenOfAnotherSecretIsNot() {
        assertThat(new Jwt("another secret that is long enough for it").verify(HS256, NOW))
                .isEmpty();
    }

    @Test
    void neitherSecretsNorPasswordsAreTold() {
        assertThat(DEFAULT.toString() + AccessControl.on())
                .doesNotContain(AccessControl.DEFAULT_SECRET)
                .doesNotContain("password=admin")
                .contains("admin");
    }
}
