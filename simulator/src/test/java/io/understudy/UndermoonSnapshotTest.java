package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.json.Json;
import io.understudy.json.SnapshotJson;
import io.understudy.undermoon.UndermoonPreset;
import io.understudy.undermoon.UndermoonSimulator;
import io.understudy.world.ClockMode;
import io.understudy.world.DomainEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A world that is written down in the midst of everything goes on elsewhere as it would have gone on here. */
final class UndermoonSnapshotTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void aWorldInMidMigrationWithAWaitingScaleOutGoesOnFromItsJson() {
        WorldBuilder builder = Understudy.world()
                .system("undermoon")
                .seed(42)
                .clock(ClockMode.manual())
                .preset(UndermoonPreset.proxies(8).midMigration(4, 8, 1).cluster("other", 4))
                .set("undermoon.storage", "external")
                .set("undermoon.failureTtl", "10s")
                .set("undermoon.coordinatorSim", "on")
                .set("undermoon.autoUpdateMetaFile", "on")
                .set("undermoon.updateMetaFileInterval", "7s");
        try (Simulation simulation = builder.start()) {
            World here = simulation.world();
            UndermoonSimulator undermoon = here.simulator(UndermoonSimulator.class);
            here.clock().advance(Duration.ofMillis(1500));
            undermoon.freezeProxyEpoch("127.0.0.1:7001", -1);
            undermoon.externalConflict(0.5);
            CompletableFuture<HttpResponse<String>> waiting = HTTP.sendAsync(
                    HttpRequest.newBuilder(URI.create(undermoon.baseUrl() + "/api/v3/clusters/migrations/auto/other/8"))
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            Awaitility.await().until(() -> here.heldReplies() == 1 || waiting.isDone());
            assertThat(here.heldReplies()).isOne();
            undermoon.writeExternal(undermoon.metadata().replaceFirst("\"global_epoch\":\\d+", "\"global_epoch\":90"));

            String json = SnapshotJson.write(here.snapshot());
            World there = builder.build();
            there.restore(SnapshotJson.read(json, there.kernel()));
            assertThat(SnapshotJson.write(there.snapshot())).isEqualTo(json);

            List<DomainEvent> events =
                    here.clock().advance(Duration.ofMinutes(2)).events();
            assertThat(there.clock().advance(Duration.ofMinutes(2)).events())
                    .isEqualTo(events)
                    .extracting(DomainEvent::type)
                    .contains("migrationCommitted", "metaFileWritten", "epochChanged");
            assertThat(Json.write(there.state("undermoon"))).isEqualTo(Json.write(here.state("undermoon")));
            assertThat(there.clock().pending()).isEqualTo(here.clock().pending());
            assertThat(waiting.join().statusCode()).isIn(200, 409);
        }
    }
}
