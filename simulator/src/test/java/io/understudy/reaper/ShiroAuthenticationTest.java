package io.understudy.reaper;

import static io.understudy.reaper.Wired.fields;
import static io.understudy.reaper.Wired.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.journal.Reply;
import io.understudy.reaper.ReaperConfiguration.Release;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec reaper 1.2.5. */
class ShiroAuthenticationTest {
    private static final String FORBIDDEN = "403 Forbidden access. Please login to access this page.";

    private final Wired reaper = Wired.as(Wired.GUARDED.withRelease(Release.V3));

    private static String login(Wired reaper, String name) {
        return cookie(reaper.post("POST /login", "username=" + name + "&password=" + name), 0);
    }

    private static String cookie(Reply reply, int which) {
        String field = reply.headers().all("Set-Cookie").get(which);
        return field.substring(0, field.indexOf(';'));
    }

    @Test
    void aLoginGivesASessionAndNothingToRead() {
        Reply reply = reaper.post("POST /login", "username=admin&password=admin");
        assertThat(said(reply)).isEqualTo("204");
        List<String> fields = fields(reply);
        assertThat(fields.get(0)).matches("Set-Cookie: JSESSIONID=node0[0-9a-z]+0\\.node0; Path=/");
        assertThat(fields.subList(1, fields.size()))
                .containsExactly(
                        "Expires: Thu, 01 Jan 1970 00:00:00 GMT",
                        "Set-Cookie: rememberMe=deleteMe; Path=/; Max-Age=0; Expires=Tue, 19-May-2026 09:00:00 GMT; SameSite=lax");
    }

    @ParameterizedTest
    @CsvSource({
        "'', Invalid credentials: missing username.",
        "'username=admin', Invalid credentials: missing password.",
        "'username=admin&password=x', Invalid credentials combination for user: admin",
    })
    void loginsThatFail(String form, String text) {
        Reply reply = reaper.post("POST /login", form);
        assertThat(said(reply)).isEqualTo("403 " + text);
        assertThat(fields(reply)).containsExactly("Content-Type: text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /cluster", "GET /repair_run/x", "GET /node/tpstats/a/b", "GET /nothing", "POST /logout"})
    void withoutASessionEverythingIs403(String line) {
        Reply reply = reaper.ask(line);
        assertThat(said(reply)).isEqualTo(FORBIDDEN);
        assertThat(fields(reply)).contains("Content-Type: text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "POST /repair_run/purge, create",
        "PUT /repair_schedule/1-1-1-1-1?state=PAUSED, update",
        "DELETE /cluster/test, delete",
        "PATCH /repair_schedule/1-1-1-1-1, PATCH",
    })
    void usersMayReadWhereRolesCount(String line, String action) {
        String session = login(reaper, "user");
        assertThat(said(reaper.ask(line, "Cookie", session)))
                .isEqualTo("401 Unauthorized `" + action + "` operation for user: user.");
        assertThat(reaper.ask(line, "Cookie", login(reaper, "admin")).status()).isEqualTo(200);
        assertThat(reaper.ask("GET /cluster", "Cookie", session).status()).isEqualTo(200);
        assertThat(reaper.ask("HEAD /cluster", "Cookie", session).status()).isEqualTo(200);
    }

    @Test
    void elsewhereRolesDoNotCount() {
        String session = login(reaper, "user");
        assertThat(reaper.ask("POST /diag_event/subscription", "Cookie", session)
                        .status())
                .isEqualTo(200);
        assertThat(reaper.ask("GET /nothing", "Cookie", session).status()).isEqualTo(404);
    }

    @Test
    void anOldSessionIsNotPermittedAndAnIdleOneForgotten() {
        String session = login(reaper, "admin");
        reaper.advance(Duration.ofMinutes(9));
        assertThat(reaper.ask("GET /cluster", "Cookie", session).status()).isEqualTo(200);
        reaper.advance(Duration.ofMinutes(2));
        assertThat(said(reaper.ask("GET /cluster", "Cookie", session)))
                .isEqualTo("401 Unauthorized `read` operation for user: admin.");
        assertThat(reaper.ask("GET /node/tpstats/a/b", "Cookie", session).status())
                .isEqualTo(200);
        reaper.advance(Duration.ofMinutes(11));
        assertThat(said(reaper.ask("GET /cluster", "Cookie", session))).isEqualTo(FORBIDDEN);
    }

    @Test
    void jwtGivesATokenThatEndsFromRelease3On() {
        String session = login(reaper, "admin");
        Reply reply = reaper.ask("GET /jwt", "Cookie", session);
        assertThat(payload(reply)).isEqualTo("{\"sub\":\"admin\",\"exp\":1779268200}");
        assertThat(fields(reply)).contains("Content-Type: text/plain");
        String bearer = "Bearer " + reply.body().text();
        assertThat(reaper.ask("POST /repair_run/purge", "Authorization", bearer).status())
                .isEqualTo(200);
        reaper.advance(Duration.ofMinutes(11));
        assertThat(said(reaper.ask("GET /cluster", "Authorization", bearer))).isEqualTo(FORBIDDEN);

        Wired two = Wired.as(Wired.GUARDED.withRelease(Release.V2));
        String eternal = login(two, "user");
        assertThat(payload(two.ask("GET /jwt", "Cookie", eternal))).isEqualTo("{\"sub\":\"user\"}");
        two.advance(Duration.ofDays(400));
        assertThat(two.ask("GET /cluster", "Cookie", eternal).status()).isEqualTo(200);
    }

    private static String payload(Reply reply) {
        String[] parts = reply.body().text().split("\\.", -1);
        assertThat(parts[0]).isEqualTo("eyJhbGciOiJIUzI1NiJ9");
        return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    }

    @Test
    void pagesAndJwtSendWhoIsNotLoggedInToTheLoginPage() {
        for (String path : List.of("/jwt", "/webui", "/webui/", "/webui/index.html")) {
            Reply reply = reaper.ask("GET " + path);
            assertThat(reply.status()).as(path).isEqualTo(302);
            assertThat(fields(reply)).containsExactly("Location: http://localhost:8080/webui/login.html");
        }
        assertThat(reaper.ask("GET /webui/login.html").status()).isEqualTo(200);
        assertThat(reaper.ask("GET /webui/js/app.js").status()).isEqualTo(404);
        assertThat(reaper.ask("GET /ping").status()).isEqualTo(204);
        assertThat(reaper.ask("GET /webui/", "Cookie", login(reaper, "user")).status())
                .isEqualTo(200);
    }

    @Test
    void aRememberedIdentityReadsButIsNoLogin() {
        Reply login = reaper.post("POST /login", "username=admin&password=admin&rememberMe=true");
        assertThat(login.headers().all("Set-Cookie").get(1))
                .matches("rememberMe=[0-9a-z]+; Path=/; Max-Age=31536000; Expires=Thu, 20-May-2027 09:00:00 GMT; "
                        + "HttpOnly; SameSite=lax");
        String remembered = cookie(login, 1);
        reaper.advance(Duration.ofDays(100));
        assertThat(reaper.ask("GET /cluster", "Cookie", remembered).status()).isEqualTo(200);
        assertThat(reaper.ask("GET /jwt", "Cookie", remembered).status()).isEqualTo(302);
        assertThat(said(reaper.ask("POST /logout", "Cookie", remembered))).isEqualTo("204");
        assertThat(reaper.ask("GET /cluster", "Cookie", remembered).status()).isEqualTo(403);
    }
}
