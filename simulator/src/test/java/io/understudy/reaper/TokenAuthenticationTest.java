package io.understudy.reaper;

import static io.understudy.reaper.Wired.fields;
import static io.understudy.reaper.Wired.framework;
import static io.understudy.reaper.Wired.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.Covers;
import io.understudy.journal.Reply;
import io.understudy.reaper.AccessControl.Mode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec reaper 1.2.1–1.2.4. */
class TokenAuthenticationTest {
    private static final String CREDENTIALS = "Credentials are required to access this resource.";

    private final Wired reaper = Wired.as(Wired.GUARDED);

    private static Wired mode(Mode mode, boolean basic) {
        return Wired.as(ReaperWire.DEFAULT.withAccessControl(AccessControl.on(
                "admin:admin:operator,user:user:user,carl:c:audit", "", Duration.ofMinutes(10), mode, basic)));
    }

    private static String token(Wired reaper, String name, String more) {
        Reply reply = reaper.post("POST /login", "username=" + name + "&password=" + name + more);
        assertThat(reply.status()).isEqualTo(200);
        return reply.body().text().split("\"", -1)[3];
    }

    private static String bearer(Wired reaper, String name) {
        return "Bearer " + token(reaper, name, "");
    }

    @Test
    void withoutAccessControlThereIsNoLoginAndNobodyIsAsked() {
        Wired open = Wired.as(ReaperWire.DEFAULT);
        assertThat(said(open.post("POST /login", "username=admin&password=admin")))
                .isEqualTo(framework(404, "Not Found"));
        assertThat(open.ask("GET /jwt").status()).isEqualTo(404);
        assertThat(open.ask("POST /logout").status()).isEqualTo(404);
        assertThat(open.ask("POST /repair_run/purge", "Authorization", "Bearer nonsense")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400, Invalid credentials: missing username.",
        "'username=+&password=admin', 400, Invalid credentials: missing username.",
        "'username=admin', 400, Invalid credentials: missing password.",
        "'username=admin&password=', 400, Invalid credentials: missing password.",
        "'username=admin&password=user', 401, Invalid credentials",
        "'username=nobody&password=admin', 401, Invalid credentials",
    })
    void loginsThatFail(String form, int status, String message) {
        Reply reply = reaper.post("POST /login", form);
        assertThat(said(reply)).isEqualTo("%1$d {\"code\":%1$d,\"message\":\"%2$s\"}".formatted(status, message));
        assertThat(fields(reply)).containsExactly("Content-Type: application/json");
    }

    @Test
    @Covers({"reaper P51", "reaper P52"})
    void aLoginGivesATokenAndNoCookie() {
        Reply reply = reaper.post("POST /login", "username=admin&password=admin");
        assertThat(said(reply))
                .isEqualTo(
                        "200 {\"token\":\"eyJhbGciOiJIUzM4NCJ9.eyJzdWIiOiJhZG1pbiIsInJvbGVzIjpbIm9wZXJhdG9yIl0sImlhdCI6MTc3OTI2NzYwMCwiZXhwIjoxNzc5MjY4MjAwfQ.5lFcL05ax-O7T17QHt3JhfK4OXkpMpXqZAc-ZDxyOK20qk4RXkzodeot51C7_A3i\",\"username\":\"admin\",\"roles\":[\"operator\"]}");
        assertThat(fields(reply)).containsExactly("Content-Type: application/json", "Vary: Accept-Encoding");
    }

    @Test
    void aLoginIsAForm() {
        assertThat(said(reaper.ask("POST /login", "Content-Type", "application/json")))
                .isEqualTo(framework(415, "Unsupported Media Type"));
        assertThat(said(reaper.ask("POST /login"))).isEqualTo(framework(415, "Unsupported Media Type"));
    }

    @Test
    @Covers("reaper P50")
    void aTokenOpensResourcesAsFieldOrAsParameter() {
        String token = token(reaper, "admin", "");
        assertThat(reaper.ask("GET /cluster", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(reaper.ask("GET /cluster", "Authorization", "bEARER " + token)
                        .status())
                .isEqualTo(200);
        assertThat(reaper.ask("GET /cluster?access_token=" + token).status()).isEqualTo(200);
        assertThat(reaper.ask("GET /cluster?access_token=" + token, "Authorization", "Basic abc")
                        .status())
                .isEqualTo(200);
        assertThat(reaper.ask("GET /cluster?access_token=" + token, "Authorization", "Bearer nonsense")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"''", "Bearer", "Bearer ", "Bearer nonsense", "Basic YWRtaW46YWRtaW4="})
    void withoutOneItIs401(String authorization) {
        Reply reply = reaper.ask("GET /cluster", "Authorization", authorization);
        assertThat(said(reply)).isEqualTo("401 " + CREDENTIALS);
        assertThat(fields(reply))
                .containsExactly("WWW-Authenticate: Bearer realm=\"realm\"", "Content-Type: text/plain");
    }

    @Test
    @Covers("reaper P50")
    void rolesComeFromTheUserStore() {
        Jwt jwt = new Jwt(AccessControl.DEFAULT_SECRET);
        String posing = jwt.sign(new Jwt.Claims("user", List.of("operator"), null, null));
        assertThat(reaper.ask("POST /repair_run/purge?access_token=" + posing).status())
                .isEqualTo(403);
        String gone = jwt.sign(new Jwt.Claims("gone", List.of("operator"), null, null));
        assertThat(reaper.ask("GET /cluster?access_token=" + gone).status()).isEqualTo(401);
    }

    @Test
    @Covers("reaper P49")
    void usersMayReadAndNoMore() {
        String user = bearer(reaper, "user");
        assertThat(reaper.ask("GET /cluster", "Authorization", user).status()).isEqualTo(200);
        assertThat(reaper.ask("GET /crypto/encrypt/x", "Authorization", user).status())
                .isEqualTo(200);
        assertThat(reaper.ask("OPTIONS /cluster", "Authorization", user).status())
                .isEqualTo(200);
        for (String line : new String[] {"HEAD /cluster", "POST /repair_run/purge", "DELETE /cluster/test"}) {
            assertThat(said(reaper.ask(line, "Authorization", user)))
                    .isEqualTo("403 {\"code\":403,\"message\":\"User not authorized.\"}");
        }
        assertThat(reaper.ask("HEAD /ping").status()).isEqualTo(204);
    }

    @Test
    void operatorsMayDoEverythingAndOtherRolesNothing() {
        Wired three = mode(Mode.JWT, false);
        String operator = bearer(three, "admin");
        assertThat(three.ask("HEAD /cluster", "Authorization", operator).status())
                .isEqualTo(200);
        assertThat(three.ask("POST /repair_run/purge", "Authorization", operator)
                        .status())
                .isEqualTo(200);
        Reply login = three.post("POST /login", "username=carl&password=c");
        String carl = login.body().text().split("\"", -1)[3];
        assertThat(three.ask("GET /cluster?access_token=" + carl).status()).isEqualTo(403);
    }

    @Test
    void openPathsStayOpen() {
        assertThat(reaper.ask("GET /ping").status()).isEqualTo(204);
        assertThat(reaper.ask("GET /nothing").status()).isEqualTo(404);
        assertThat(reaper.ask("OPTIONS /cluster").status()).isEqualTo(200);
        assertThat(reaper.admin("GET /healthcheck").status()).isEqualTo(200);
    }

    @Test
    void aTokenEndsWithVirtualTime() {
        String token = token(reaper, "admin", "");
        String remembered = token(reaper, "admin", "&rememberMe=TRUE");
        String notRemembered = token(reaper, "admin", "&rememberMe=yes");
        reaper.advance(Duration.ofMinutes(10));
        assertThat(reaper.ask("GET /cluster?access_token=" + token).status()).isEqualTo(200);
        reaper.advance(Duration.ofSeconds(1));
        assertThat(said(reaper.ask("GET /cluster?access_token=" + token))).isEqualTo("401 " + CREDENTIALS);
        assertThat(reaper.ask("GET /cluster?access_token=" + notRemembered).status())
                .isEqualTo(401);
        assertThat(reaper.ask("GET /cluster?access_token=" + remembered).status())
                .isEqualTo(200);
        reaper.advance(Duration.ofDays(30));
        assertThat(reaper.ask("GET /cluster?access_token=" + remembered).status())
                .isEqualTo(401);
    }

    @Test
    void aFaultEndsAllTokensThatThereAreAndNoneThatFollow() {
        String before = token(reaper, "admin", "");
        reaper.tokensExpiredBefore = Optional.of(Wired.START);
        assertThat(reaper.ask("GET /cluster?access_token=" + before).status()).isEqualTo(401);
        String after = token(reaper, "admin", "");
        assertThat(reaper.ask("GET /cluster?access_token=" + after).status()).isEqualTo(200);
        reaper.advance(Duration.ofMillis(300));
        assertThat(reaper.ask("GET /cluster?access_token=" + before).status()).isEqualTo(401);
        assertThat(reaper.ask("GET /cluster?access_token=" + after).status()).isEqualTo(200);
    }

    @Test
    @Covers("reaper P52")
    void inDualModeACookieIsAsGood() {
        Wired dual = mode(Mode.DUAL, false);
        Reply login = dual.post("POST /login", "username=user&password=user");
        String cookie = login.headers().first("Set-Cookie").orElseThrow();
        assertThat(cookie).matches("JSESSIONID=node0[0-9a-z]+\\.node0; Path=/");
        String session = cookie.substring(0, cookie.indexOf(';'));

        assertThat(dual.ask("GET /cluster", "Cookie", "a=b; " + session).status())
                .isEqualTo(200);
        assertThat(dual.ask("DELETE /cluster/x", "Cookie", session).status()).isEqualTo(403);
        Reply jwt = dual.ask("GET /jwt", "Cookie", session, "Accept", "application/json;q=0.9,text/plain");
        assertThat(fields(jwt)).contains("Content-Type: text/plain");
        assertThat(dual.ask(
                                "GET /cluster",
                                "Authorization",
                                "Bearer " + jwt.body().text())
                        .status())
                .isEqualTo(200);

        assertThat(said(dual.ask("POST /logout", "Cookie", session))).isEqualTo("204");
        assertThat(dual.ask("GET /cluster", "Cookie", session).status()).isEqualTo(401);
        assertThat(said(dual.ask("GET /jwt", "Cookie", session)))
                .isEqualTo("403 Forbidden access. Please login to access this page.");
    }

    @Test
    void sessionsEndWhenIdleAndAreState() {
        Wired dual = mode(Mode.DUAL, false);
        String cookie = dual.post("POST /login", "username=admin&password=admin")
                .headers()
                .first("Set-Cookie")
                .orElseThrow();
        String session = cookie.substring(0, cookie.indexOf(';'));
        ReaperApi.State state = dual.api.state();
        dual.api.restart();
        assertThat(dual.ask("GET /cluster", "Cookie", session).status()).isEqualTo(401);
        dual.api.restore(state);
        dual.advance(Duration.ofMinutes(9));
        assertThat(dual.ask("GET /cluster", "Cookie", session).status()).isEqualTo(200);
        dual.advance(Duration.ofMinutes(9));
        assertThat(dual.ask("GET /cluster", "Cookie", session).status()).isEqualTo(200);
        dual.advance(Duration.ofMinutes(11));
        assertThat(dual.ask("GET /cluster", "Cookie", session).status()).isEqualTo(401);
    }

    @Test
    void jwtKnowsTheTokenAndTheCookieOfTheWebUi() {
        String token = token(reaper, "admin", "");
        reaper.advance(Duration.ofSeconds(5));
        String fresh =
                reaper.ask("GET /jwt", "Cookie", "jwtToken=" + token).body().text();
        assertThat(fresh).isNotEqualTo(token).startsWith("eyJhbGciOiJIUzM4NCJ9.");
        assertThat(reaper.ask("GET /jwt", "Authorization", "Bearer " + fresh).status())
                .isEqualTo(200);
        assertThat(reaper.ask("GET /jwt").status()).isEqualTo(403);
        assertThat(said(reaper.ask("POST /logout"))).isEqualTo("204");
        assertThat(Wired.as(Wired.GUARDED.withStrictRoutes(true))
                        .ask("GET /jwt")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void basicIsTakenIfItIsSwitchedOn() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
        String wrong = "Basic " + Base64.getEncoder().encodeToString("admin:x".getBytes(StandardCharsets.UTF_8));
        assertThat(mode(Mode.JWT, true)
                        .ask("GET /cluster", "Authorization", basic)
                        .status())
                .isEqualTo(200);
        assertThat(mode(Mode.JWT, true)
                        .ask("GET /cluster", "Authorization", wrong)
                        .status())
                .isEqualTo(401);
        assertThat(reaper.ask("GET /cluster", "Authorization", basic).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/webui, 302",
        "/webui/, 302",
        "/webui/index.html, 302",
        "/webui/login.html, 200",
        "/webui/app.js, 404",
        "/webui/assets/x, 404",
    })
    void theWebUiAsksForATokenForItsPages(String path, int status) {
        Reply reply = reaper.ask("GET " + path);
        assertThat(reply.status()).isEqualTo(status);
        if (status == 302) {
            assertThat(fields(reply)).containsExactly("Location: http://localhost:8080/webui/login.html");
        }
        String token = token(reaper, "user", "");
        assertThat(reaper.ask("GET /webui/index.html", "Cookie", "jwtToken=" + token)
                        .status())
                .isEqualTo(200);
        assertThat(reaper.ask("GET /webui/index.html", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
    }
}
