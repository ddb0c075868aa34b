package io.understudy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final Kernel kernel = new Kernel(1, Kernel.DEFAULT_START, ClockMode.manual(), () -> 0);
    private final Journal journal = new Journal(kernel);

    JournalTest() {
        kernel.add(journal);
    }

    @Test
    void theOldestEntriesGoWhenThereAreTooMany() {
        for (int i = 0; i < Journal.MAX_ENTRIES + 3; i++) {
            exchange("shop.list", Exchanges.get("/items"), Exchanges.text(200, ""));
        }

        assertThat(journal.entries()).hasSize(Journal.MAX_ENTRIES);
        assertThat(journal.entries().get(0).sequence()).isEqualTo(4);
        assertThat(journal.dropped()).isEqualTo(3);
    }

    @Test
    void theOldestEntriesGoWhenTheyAreTooLarge() {
        Reply large = Exchanges.text(200, "x".repeat(1 << 20));
        for (int i = 0; i < 40; i++) {
            exchange("shop.list", Exchanges.get("/items"), large);
        }

        assertThat(journal.entries()).hasSize(31);
        assertThat(journal.dropped()).isEqualTo(9);
    }

    @Test
    void aSingleEntryStaysHoweverLargeItIs() {
        exchange("shop.list", Exchanges.get("/a"), Exchanges.text(200, ""));
        exchange("shop.list", Exchanges.get("/b"), Exchanges.text(200, "x".repeat(33 << 20)));

        assertThat(journal.entries()).extracting(Entry::sequence).containsExactly(2L);
    }

    @Test
    void aFloodOfEventsDoesNotFloodAnEntry() {
        kernel.step(() -> {
            journal.begin();
            for (int i = 0; i < Journal.MAX_CAUSED + 1; i++) {
                kernel.emit("shop", "sold", Map.of());
            }
            assertThat(journal.caused()).hasSize(Journal.MAX_CAUSED);
        });
    }

    @Test
    void anOpenExchangeIsAmendedUntilItIsClosed() {
        long id = record("shop.list", Exchanges.get("/items"), null, true);
        kernel.clock().advance(Duration.ofSeconds(5));
        kernel.step(() -> {
            journal.amend(id, Exchanges.text(200, "late"), true, null);
            journal.amend(id, null, false, "the client went away");
            journal.close(id);
            journal.amend(id, Exchanges.text(500, "never"), true, "never");
        });

        Exchange exchange = (Exchange) journal.entries().get(0);
        assertThat(exchange.reply()).isEqualTo(Exchanges.text(200, "late"));
        assertThat(exchange.at()).isEqualTo(Kernel.DEFAULT_START);
        assertThat(exchange.repliedAt()).isEqualTo(Kernel.DEFAULT_START.plusSeconds(5));
        assertThat(exchange.fate()).containsExactly("the client went away");
    }

    @Test
    void everyExchangeIsCountedOnceWhenItHasEnded() {
        exchange("shop.list", Exchanges.get("/items"), Exchanges.text(200, ""));
        long id = record("shop.list", Exchanges.get("/items"), null, true);
        long lost = record("shop.list", Exchanges.get("/items"), null, true);
        assertThat(journal.tallies()).isEqualTo(Map.of(new Tally("shop", "shop.list", "200"), 1L));

        kernel.step(() -> {
            journal.amend(id, Exchanges.text(200, "late"), true, null);
            journal.amend(id, null, false, "the client went away");
            journal.close(id);
            journal.close(id);
            journal.close(lost);
        });

        assertThat(journal.tallies())
                .isEqualTo(
                        Map.of(new Tally("shop", "shop.list", "200"), 2L, new Tally("shop", "shop.list", "none"), 1L));
    }

    @Test
    void whatIsAmendedCounts() {
        long id = record("shop.list", Exchanges.get("/items"), null, true);
        for (int i = 0; i < 5; i++) {
            exchange("shop.list", Exchanges.get("/items"), null);
        }
        kernel.step(() -> journal.amend(id, Exchanges.text(200, "x".repeat(33 << 20)), true, null));

        assertThat(journal.entries()).extracting(Entry::sequence).containsExactly(2L, 3L, 4L, 5L, 6L);
        kernel.step(() -> journal.amend(id, null, false, "forgotten"));
    }

    @Test
    void eventsBelongToTheExchangeThatCausedThemOrStandAlone() {
        kernel.step(() -> {
            kernel.emit("shop", "opened", Map.of());
            long id = journal.begin();
            kernel.emit("shop", "sold", Map.of("item", 3));
            journal.record(
                    new Exchange(
                            id,
                            kernel.clock().now(),
                            "shop",
                            "main",
                            "shop.buy",
                            Exchanges.post("/buy", "3"),
                            null,
                            null,
                            java.util.List.of(),
                            java.util.List.of(),
                            journal.caused()),
                    false);
            kernel.emit("shop", "closed", Map.of());
        });

        assertThat(journal.tail(10))
                .containsExactly(
                        "#1 2026-01-01T00:00:00Z shop opened {}",
                        "#2 2026-01-01T00:00:00Z shop/main shop.buy POST /buy 3 -> no reply",
                        "#3 2026-01-01T00:00:00Z shop closed {}");
        assertThat(((Exchange) journal.entries().get(1)).events()).hasSize(1);
    }

    @Test
    void theLastEntriesThatFitAreGivenOldestFirst() {
        for (int i = 0; i < 5; i++) {
            exchange(i % 2 == 0 ? "shop.even" : "shop.odd", Exchanges.get("/" + i), null);
        }

        assertThat(journal.entries(e -> ((Exchange) e).operation().equals("shop.even"), 2))
                .extracting(Entry::sequence)
                .containsExactly(3L, 5L);
        assertThat(journal.entries(e -> true, 0)).isEmpty();
        assertThat(journal.exchanges(Match.operation("shop.odd"))).hasSize(2);
    }

    @Test
    void numbersGoOnAfterClearing() {
        exchange("shop.list", Exchanges.get("/"), null);
        journal.clear();
        exchange("shop.list", Exchanges.get("/"), null);

        assertThat(journal.entries()).extracting(Entry::sequence).containsExactly(2L);
        assertThat(journal.dropped()).isEqualTo(1);
    }

    @Test
    void aRestoredJournalGoesOnAsTheOldOne() {
        exchange("shop.list", Exchanges.get("/"), Exchanges.text(200, "a"));
        Journal.State state = kernel.step(journal::state);
        exchange("shop.list", Exchanges.get("/2"), null);
        Journal.State after = kernel.step(journal::state);

        kernel.step(() -> journal.restore(state));
        assertThat(journal.entries()).isEqualTo(state.entries());
        exchange("shop.list", Exchanges.get("/2"), null);

        assertThat(kernel.<Journal.State>step(journal::state)).isEqualTo(after);
    }

    @Test
    void anExpectationThatIsMetSaysNothing() {
        journal.verify(Match.operation("shop.buy").never());
        exchange("shop.buy", Exchanges.get("/"), null);
        exchange("shop.buy", Exchanges.get("/"), null);

        journal.verify(Match.operation("shop.buy").times(2));
        journal.verify(Match.operation("shop.buy").atLeast(2));
        journal.verify(Match.operation("shop.buy").atMost(2));
        journal.verify(Match.ANY.withClient("127.0.0.1").withNode("main").times(2));
    }

    @Test
    void aFailedExpectationShowsWhatCameNearestFieldByField() {
        exchange("shop.buy", Exchanges.post("/buy/1", "{\"count\": 2}"), Exchanges.text(200, "ok"));
        exchange("shop.list", Exchanges.get("/items"), Exchanges.text(200, "[1, 2]"));
        exchange("shop.buy", Exchanges.post("/buy/2", "{\"count\": 1,\n\"x\": 1}"), Exchanges.text(409, "sold out"));

        assertThatThrownBy(() -> journal.verify(Match.operation("shop.buy")
                        .withPath("re:/buy/\\d+")
                        .withBodyContaining("\"count\": 2")
                        .withHeader("Idempotency-Key", "re:.+")
                        .withStatus(409)
                        .times(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Wanted exactly 1 of: operation shop.buy, path re:/buy/\\d+, header Idempotency-Key re:.+, body containing "count": 2, status 409; found 0.
                          near miss #3 shop.buy POST /buy/2 {"count": 1,\\n"x": 1} -> 409 sold out
                            header Idempotency-Key: wanted re:.+, was absent
                            body containing: wanted "count": 2, was {"count": 1,\\n"x": 1}
                          near miss #1 shop.buy POST /buy/1 {"count": 2} -> 200 ok
                            header Idempotency-Key: wanted re:.+, was absent
                            status: wanted 409, was 200
                          near miss #2 shop.list GET /items -> 200 [1, 2]
                            operation: wanted shop.buy, was shop.list
                            path: wanted re:/buy/\\d+, was /items
                            header Idempotency-Key: wanted re:.+, was absent
                            body containing: wanted "count": 2, was empty
                            status: wanted 409, was 200""");
    }

    @Test
    void tooManyAreShownThemselves() {
        for (int i = 1; i <= 4; i++) {
            exchange("shop.buy", Exchanges.post("/buy/" + i, ""), Exchanges.text(200, "ok"));
        }

        assertThatThrownBy(() -> journal.verify(Match.operation("shop.buy").never()))
                .hasMessage("""
                        Wanted none of: operation shop.buy; found 4.
                          matched #2 shop.buy POST /buy/2 -> 200 ok
                          matched #3 shop.buy POST /buy/3 -> 200 ok
                          matched #4 shop.buy POST /buy/4 -> 200 ok""");
        assertThatThrownBy(() -> journal.verify(Match.ANY.atMost(3)))
                .hasMessageStartingWith("Wanted at most 3 of: any request; found 4.");
    }

    @Test
    void anEmptyJournalSaysThatItIsEmpty() {
        assertThatThrownBy(() -> journal.verify(Match.operation("shop.buy").atLeast(1)))
                .hasMessage("Wanted at least 1 of: operation shop.buy; found 0. There were no requests at all.");
    }

    @Test
    void whatWasDroppedIsAdmitted() {
        exchange("shop.buy", Exchanges.get("/"), null);
        journal.clear();

        assertThatThrownBy(() -> journal.verify(Match.operation("shop.buy").times(1)))
                .hasMessageContaining("(1 older entries were dropped from the journal and not looked at)");
    }

    @Test
    void aMissDoesNotPrintAWholeDump() {
        exchange("shop.buy", Exchanges.post("/buy", "x".repeat(1_000_000)), Exchanges.text(200, "y".repeat(1_000_000)));

        assertThatThrownBy(() -> journal.verify(Match.ANY.withBody("z").times(1)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }

    @Test
    void anImpossibleExpectationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Match.ANY.times(-1))
                .withMessageContaining("the first must not be negative, the second not below it");
        assertThatIllegalArgumentException().isThrownBy(() -> Match.ANY.atMost(-1));
    }

    private void exchange(String operation, Request request, @Nullable Reply reply) {
        record(operation, request, reply, false);
    }

    private long record(String operation, Request request, @Nullable Reply reply, boolean isOpen) {
        return kernel.step(() -> {
            long id = journal.begin();
            journal.record(Exchanges.of(id, operation, request, reply), isOpen);
            journal.caused();
            return id;
        });
    }
}
