package io.understudy.reaper;

import static io.understudy.reaper.Wired.fields;
import static io.understudy.reaper.Wired.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.understudy.Covers;
import io.understudy.journal.Reply;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spec reaper 1.1, 1.11, 1.12. */
class SmallResourcesTest {
    private final Wired reaper = Wired.as(ReaperWire.DEFAULT);

    @Test
    void pingRemembersForFiveSeconds() {
        Reply well = reaper.ask("GET /ping");
        assertThat(said(well)).isEqualTo("204");
        assertThat(fields(well)).isEmpty();
        reaper.storageDown = true;
        reaper.advance(Duration.ofMillis(4999));
        assertThat(reaper.ask("GET /ping").status()).isEqualTo(204);
        reaper.advance(Duration.ofMillis(1));
        assertThat(said(reaper.ask("GET /ping"))).isEqualTo("500");
        reaper.storageDown = false;
        ReaperApi.State state = reaper.api.state();
        assertThat(reaper.ask("HEAD /ping").status()).isEqualTo(500);
        reaper.api.reset();
        assertThat(reaper.ask("GET /ping").status()).isEqualTo(204);
        reaper.api.restore(state);
        assertThat(reaper.ask("GET /ping").status()).isEqualTo(500);
    }

    @Test
    void theHealthCheckTellsWhichPartIsIll() {
        assertThat(said(reaper.admin("GET /healthcheck")))
                .isEqualTo(
                        "200 {\"deadlocks\":{\"healthy\":true,\"duration\":0,\"timestamp\":\"2026-05-20T09:00:00.000Z\"},"
                                + "\"reaper\":{\"healthy\":true,\"duration\":0,\"timestamp\":\"2026-05-20T09:00:00.000Z\"}}");
        reaper.storageDown = true;
        reaper.advance(Duration.ofSeconds(5));
        assertThat(said(reaper.admin("GET /healthcheck")))
                .startsWith("500 {\"deadlocks\":{\"healthy\":true")
                .contains("\"reaper\":{\"healthy\":false");
    }

    @Test
    void theAdminPortServesItsFivePagesAndNothingElse() {
        assertThat(said(reaper.admin("GET /ping"))).isEqualTo("200 pong\n");
        assertThat(reaper.admin("GET /threads").body().text()).startsWith("\"main\" id=1");
        assertThat(reaper.admin("GET /cluster").status()).isEqualTo(404);
        assertThat(reaper.admin("POST /ping").status()).isEqualTo(405);
        assertThat(reaper.admin("GET /<b>").body().text()).contains("/&lt;b&gt;");
        assertThat(said(reaper.admin("GET /metrics")))
                .isEqualTo("200 {\"version\":\"4.0.0\",\"gauges\":{},\"counters\":{},\"histograms\":{},\"meters\":{},"
                        + "\"timers\":{}}");
    }

    @Test
    void prometheusReadsMetricsWithACommaAtTheEndOfLabels() {
        reaper.metrics.add(new Metric("a_b", Map.of("cluster", "te\"st"), 0.5));
        reaper.metrics.add(new Metric("a_b", Map.of(), Double.POSITIVE_INFINITY));
        reaper.metrics.add(new Metric("c", Map.of(), 3));
        Reply reply = reaper.admin("GET /prometheusMetrics");
        assertThat(fields(reply)).contains("Content-Type: text/plain; version=0.0.4; charset=utf-8");
        assertThat(reply.body().text()).isEqualTo("""
                        # HELP a_b Generated from Dropwizard metric import (metric=a.b, type=com.codahale.metrics.Gauge)
                        # TYPE a_b gauge
                        a_b{cluster="te\\"st",} 0.5
                        a_b +Inf
                        # HELP c Generated from Dropwizard metric import (metric=c, type=com.codahale.metrics.Gauge)
                        # TYPE c gauge
                        c 3.0
                        """);
        assertThat(reaper.admin("GET /metrics").body().text())
                .contains("\"gauges\":{\"a.b.te\\\"st\":{\"value\":0.5},\"a.b\":{\"value\":\"Infinity\"}");
    }

    @Test
    void datacenterAvailability() {
        assertThat(said(reaper.ask("GET /reaper/datacenterAvailability")))
                .isEqualTo("200 {\"datacenterAvailability\":\"ALL\"}");
    }

    @Test
    void encryptGivesTheTextBackUnlessThereIsASecret() {
        Reply plain = reaper.ask("GET /crypto/encrypt/jmx%20Secret");
        assertThat(said(plain)).isEqualTo("200 jmx Secret");
        assertThat(fields(plain)).contains("Content-Type: text/plain");

        Cryptograph cryptograph = new Cryptograph("passphrase");
        Wired encrypting = Wired.as(ReaperWire.DEFAULT.withCryptograph(cryptograph));
        String encrypted =
                encrypting.ask("GET /crypto/encrypt/jmxSecret").body().text();
        assertThat(encrypted).matches("\\{cipher}[0-9A-F]{64}");
        assertThat(cryptograph.decrypt(encrypted)).isEqualTo("jmxSecret");
        assertThat(encrypting.ask("GET /crypto/encrypt/jmxSecret").body().text())
                .isNotEqualTo(encrypted);
        assertThat(encrypting.ask("GET /crypto/encrypt/%20").status()).isEqualTo(500);
    }

    /** Encrypted with OpenSSL, the key derived by Python. */
    @Test
    void theCipherIsTheOneOfUpstream() {
        String known = "{cipher}000102030405060708090A0B0C0D0E0F5D24C62BCBD693DD8A9AFFCE995CE951";
        assertThat(new Cryptograph("passphrase").decrypt(known)).isEqualTo("jmxSecret");
        assertThat(new Cryptograph("passphrase").decrypt("plain")).isEqualTo("plain");
        assertThatIllegalArgumentException().isThrownBy(() -> new Cryptograph("other").decrypt("{cipher}00"));
    }

    @Test
    void theWebUiIsAStub() {
        assertThat(fields(reaper.ask("GET /webui"))).containsExactly("Location: http://localhost:8080/webui/");
        assertThat(reaper.ask("GET /webui/").body().text()).startsWith("<!DOCTYPE html>");
        assertThat(reaper.ask("GET /webui/login.html").status()).isEqualTo(200);
        assertThat(reaper.ask("POST /webui/").status()).isEqualTo(405);
    }

    @Test
    @Covers({"reaper P6", "reaper P54"})
    void jsonIsWrittenAsDropwizardWritesIt() {
        assertThat(JsonWriter.bytes(json -> json.object(() -> {
                            json.field("text", (String) null)
                                    .field("big", new BigInteger("170141183460469231731687303715884105727"));
                            json.field("nan", Double.NaN)
                                    .field("rate", 0.8999999761581421)
                                    .field("load", 4043215.0);
                            json.field("small", 1.0E-5)
                                    .field("min", Long.MIN_VALUE)
                                    .field("yes", true);
                            json.name("at").iso(Instant.parse("2026-05-20T09:19:49.999Z"));
                            json.name("ms").millis(Wired.START).name("none").millis(null);
                            json.field("texts", List.of("a\n\"", "é"));
                        }))
                        .text())
                .isEqualTo("{\"text\":null,\"big\":170141183460469231731687303715884105727,\"nan\":\"NaN\","
                        + "\"rate\":0.8999999761581421,\"load\":4043215.0,\"small\":1.0E-5,\"min\":-9223372036854775808,"
                        + "\"yes\":true,\"at\":\"2026-05-20T09:19:49Z\",\"ms\":1779267600000,\"none\":null,"
                        + "\"texts\":[\"a\\n\\\"\",\"é\"]}");
    }
}
