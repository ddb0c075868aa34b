package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.understudy.reaper.AccessControl.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec reaper 1.2.1: what upstream does not start with. */
class AccessControlTest {
    private static AccessControl on(String users, String secret) {
        return AccessControl.on(users, secret, Duration.ofMinutes(10), Mode.JWT, false);
    }

    @Test
    void usersAreNamesPasswordsAndRoles() {
        AccessControl control = on("alice:p:w+d:operator+audit, bob:b:user", "");
        assertThat(control.users())
                .containsExactly(
                        new AccessControl.User("alice", "p:w+d", List.of("operator", "audit")),
                        new AccessControl.User("bob", "b", List.of("user")));
        assertThat(control.authenticate("alice", "p:w+d")).isPresent();
        assertThat(control.authenticate("alice", "p:w")).isEmpty();
        assertThat(control.authenticate("Alice", "p:w+d")).isEmpty();
    }

    @Test
    void withoutUsersThereAreTheUsualTwo() {
        assertThat(AccessControl.on().users())
                .containsExactly(
                        new AccessControl.User("admin", "admin", List.of("operator")),
                        new AccessControl.User("user", "user", List.of("user")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice|user 1 of auth.users is not name:password:role[+role]",
                "admin:admin:operator,|user 2 of auth.users is not name:password:role[+role]",
                " :secret1:operator|user 1 of auth.users has no name",
                "alice: :operator|user 1 of auth.users (alice) has no password",
                "alice:secret1:|user 1 of auth.users (alice) has no role, or a blank one",
                "alice:secret1:user+ |user 1 of auth.users (alice) has no role, or a blank one",
            })
    void aUserLacksNothing(String users, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on(users, ""))
                .withMessage(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret1"));
    }

    @Test
    void theSecretIsLongEnoughAndTheTimeOutPositive() {
        assertThat(on("", "a".repeat(32)).enabled()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on("", "a".repeat(31)))
                .withMessage("auth.jwtSecret has 31 bytes; it must have at least 32");
        assertThat(on("", "é".repeat(16)).enabled()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessControl.on("", "", Duration.ZERO, Mode.JWT, false))
                .withMessage("auth.sessionTimeout is PT0S; it must be above zero");
    }

    @Test
    void jmxCredentialsThatAreWrongAreNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReaperOnAir.world().set("reaper.jmxCredentials", "test:secret1"))
                .satisfies(e ->
                        assertThat(e.getMessage()).contains("jmxCredentials").doesNotContain("secret1"));
    }

    @Test
    void passwordsThatAreSetAreNotShown() {
        assertThat(io.understudy.system.Settings.of(new ReaperDefinition())
                        .set("auth.users", "joe:secret1:operator")
                        .set("jmxAuth.password", "secret1")
                        .set("jmxCredentials", "test:joe:secret1")
                        .values())
                .containsEntry("auth.users", "***")
                .containsEntry("auth.enabled", "off")
                .doesNotContainValue("secret1")
                .doesNotContainValue("test:joe:secret1");
    }
}
