package io.understudy.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.understudy.journal.Match;
import io.understudy.journal.Request;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import io.understudy.world.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Instant START = Kernel.DEFAULT_START;
    private static final Request REQUEST = Shop.request("POST", "/buy", "1");
    private static final Match BUY = Match.operation("shop.buy");

    private final Kernel kernel = new Kernel(42, START, ClockMode.manual(), () -> 0);
    private final Faults faults = new Faults(kernel);
    private final Shop shop = new Shop(kernel, faults);

    FaultsTest() {
        kernel.add(faults);
    }

    @Test
    void aRuleForAnOperationThatNoSystemHasIsRefused() {
        faults.register(new Shop(kernel, faults) {
            @Override
            public Set<String> operations() {
                return Set.of("shop.buy");
            }
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        faults.add(FaultRule.on(Match.operation("shop.bye")).inject(new Hang())))
                .withMessage("there is no operation 'shop.bye'; shop has [shop.buy]");
        assertThat(faults.add(FaultRule.on(Match.operation("re:shop\\..*")).inject(new Hang())))
                .isNotNull();
    }

    @Test
    void aRuleStrikesWhatItMatchesUntilItsScopeIsClosed() {
        try (FaultScope scope = faults.add(FaultRule.on(BUY).inject(new Hang()))) {
            assertThat(scope.id()).isEqualTo("fault-1");
            assertThat(course("shop.buy").fate()).containsExactly("never replied");
            assertThat(course("shop.buy").faults()).containsExactly("fault-1");
            assertThat(course("shop.list").faults()).isEmpty();
            assertThat(faults.rules()).extracting(Faults.ActiveRule::matched).containsExactly(2L);
        }
        assertThat(course("shop.buy").faults()).isEmpty();
        assertThat(faults.rules()).isEmpty();
        FaultScope closedTwice = faults.add(FaultRule.on(BUY).inject(new Hang()));
        closedTwice.close();
        closedTwice.close();
        assertThat(faults.remove("fault-9")).isFalse();
    }

    @Test
    void triggersCountWhatTheRuleMatches() {
        assertThat(struck(FaultRule.on(BUY).first(2))).containsExactly(1, 2);
        assertThat(struck(FaultRule.on(BUY).nth(3))).containsExactly(3);
        assertThat(struck(FaultRule.on(BUY).every(4))).containsExactly(4, 8);
        assertThat(struck(FaultRule.on(BUY).every(2).first(5))).containsExactly(2, 4);
        assertThat(struck(FaultRule.on(BUY).withProbability(0))).isEmpty();
        assertThat(struck(FaultRule.on(BUY).withProbability(1))).hasSize(9);
    }

    /** Which of nine requests the rule strikes, counted from 1. */
    private List<Integer> struck(FaultRule.Builder rule) {
        try (FaultScope scope = faults.add(rule.inject(new Hang()))) {
            return IntStream.rangeClosed(1, 9)
                    .filter(i -> course("shop.buy").faults().equals(List.of(scope.id())))
                    .boxed()
                    .toList();
        }
    }

    @Property
    void chanceReplaysUnderTheSeedWhateverOtherRulesThereAre(@ForAll long seed, @ForAll @IntRange(max = 3) int others) {
        FaultRule rule = FaultRule.on(BUY).named("mine").withProbability(0.5).inject(new Hang());
        FaultsTest alone = seeded(seed);
        FaultsTest together = seeded(seed);
        for (int i = 0; i < others; i++) {
            together.faults.add(FaultRule.on(Match.ANY).withProbability(0.5).inject(new UniformDelay(ms(1), ms(9))));
        }
        alone.faults.add(rule);
        together.faults.add(rule);

        for (int i = 0; i < 20; i++) {
            together.course("shop.list");
            assertThat(together.course("shop.buy").faults().contains("mine"))
                    .isEqualTo(alone.course("shop.buy").faults().contains("mine"));
        }
    }

    private static FaultsTest seeded(long seed) {
        FaultsTest test = new FaultsTest();
        test.kernel.reset(seed);
        return test;
    }

    @Test
    void aRuleIsInForceBetweenItsInstants() {
        faults.add(FaultRule.on(BUY)
                .between(START.plusSeconds(10), START.plusSeconds(20))
                .inject(new Hang()));

        assertThat(course("shop.buy").faults()).isEmpty();
        kernel.clock().advance(Duration.ofSeconds(10));
        assertThat(course("shop.buy").faults()).isNotEmpty();
        kernel.clock().advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(course("shop.buy").faults()).isNotEmpty();
        kernel.clock().advance(Duration.ofNanos(1));
        assertThat(course("shop.buy").faults()).isEmpty();
        assertThat(faults.rules()).as("it goes away by itself").isEmpty();
    }

    @Test
    void aRuleLastsFromWhenItIsAdded() {
        kernel.clock().advance(Duration.ofHours(1));
        faults.add(FaultRule.on(BUY).lasting(Duration.ofMinutes(5)).inject(new Hang()));

        assertThat(faults.rules().get(0).rule().trigger().until()).isEqualTo(START.plusSeconds(3900));
        kernel.clock().advance(Duration.ofMinutes(5));
        assertThat(faults.rules()).isEmpty();
    }

    @Test
    void theEndOfARemovedRuleDoesNotEndALaterOneOfThatName() {
        faults.add(FaultRule.on(BUY).named("a").lasting(Duration.ofSeconds(10)).inject(new Hang()))
                .close();
        assertThat(kernel.clock().pendingCount()).isZero();
        faults.add(FaultRule.on(BUY)
                .named("a")
                .between(START.plusSeconds(20), START.plusSeconds(30))
                .inject(new Hang()));

        kernel.clock().advance(Duration.ofSeconds(15));

        assertThat(faults.rules()).hasSize(1);
    }

    @Test
    void aSystemIsToldWhenItsConditionsComeAndGo() {
        FaultRule rule = FaultRule.in("shop", new DomainFault("tillJammed", Map.of("till", "1")));
        FaultScope scope = faults.add(rule);
        faults.add(FaultRule.on(Match.system("shop"))
                .between(START.plusSeconds(10), START.plusSeconds(20))
                .inject(rule.fault()));
        faults.add(FaultRule.on(Match.system("shop"))
                        .between(START.plusSeconds(10), START.plusSeconds(20))
                        .inject(rule.fault()))
                .close();
        kernel.clock().advance(Duration.ofSeconds(15));
        scope.close();
        kernel.clock().advance(Duration.ofSeconds(15));

        assertThat(shop.conditions)
                .containsExactly(
                        "2026-01-01T00:00:00Z before 0",
                        "2026-01-01T00:00:00Z after 1",
                        "2026-01-01T00:00:10Z before 1",
                        "2026-01-01T00:00:10Z after 2",
                        "2026-01-01T00:00:15Z before 2",
                        "2026-01-01T00:00:15Z after 1",
                        "2026-01-01T00:00:20Z before 1",
                        "2026-01-01T00:00:20Z after 0");
        assertThat(course("shop.buy").faults()).as("it strikes no request").isEmpty();
    }

    @Test
    void rulesCountsAndTheirTimesSurviveASnapshot() {
        faults.add(FaultRule.on(BUY).named("p").withProbability(0.5).inject(new Hang()));
        faults.add(FaultRule.on(BUY)
                .named("later")
                .between(START.plusSeconds(10), START.plusSeconds(20))
                .inject(new Hang()));
        course("shop.buy");
        Snapshot snapshot = kernel.snapshot();
        List<List<String>> expected = story();

        kernel.reset();
        assertThat(faults.rules()).isEmpty();
        kernel.restore(snapshot);

        assertThat(story()).isEqualTo(expected);
    }

    private List<List<String>> story() {
        return IntStream.range(0, 30)
                .mapToObj(i -> {
                    kernel.clock().advance(Duration.ofSeconds(1));
                    return course("shop.buy").faults();
                })
                .toList();
    }

    @Test
    void whatTheWorldDoesNotHaveIsRefusedWithWhatItHas() {
        refused(
                FaultRule.on(Match.system("ship")).inject(new Hang()),
                "there is no system 'ship' in this world; there are [shop]");
        refused(
                FaultRule.on(BUY).inject(new TypicalError("SOULD_OUT")),
                "there is no typical error 'SOULD_OUT'; shop has [SOLD_OUT]");
        refused(
                FaultRule.in("shop", new DomainFault("tilJammed", Map.of())),
                "shop has no domain fault 'tilJammed'; it has [tillJammed]");
        refused(
                FaultRule.in("shop", new DomainFault("tillJammed", Map.of("tile", "1"))),
                "tillJammed has no parameter 'tile'; it has [till, loudly]");
        refused(
                FaultRule.in("shop", new DomainFault("tillJammed", Map.of())),
                "tillJammed needs the argument 'till': which till, from 1");
        refused(
                FaultRule.in("shop", new DomainFault("tillJammed", Map.of("till", "x"))),
                "till is 'x'; it is from 1 to 9");
        faults.add(FaultRule.on(BUY).named("a").inject(new Hang()));
        refused(FaultRule.on(BUY).named("a").inject(new Hang()), "there is already a fault rule with the id a");
        kernel.clock().advance(Duration.ofSeconds(1));
        refused(
                FaultRule.on(BUY).between(START.minusSeconds(1), START).inject(new Hang()),
                "the fault rule ends at 2026-01-01T00:00:00Z, but it is already 2026-01-01T00:00:01Z");
    }

    @Test
    void theTypicalErrorOfOneSystemIsNotThatOfAnother() {
        faults.register(new FaultTarget() {
            @Override
            public String system() {
                return "bank";
            }

            @Override
            public Map<String, io.understudy.journal.Reply> typicalErrors() {
                return Map.of();
            }

            @Override
            public List<DomainFaultType> domainFaults() {
                return List.of();
            }

            @Override
            public void check(DomainFault fault) {}

            @Override
            public void conditionsWillChange() {}

            @Override
            public void conditionsChanged() {}
        });
        refused(
                FaultRule.on(Match.system("bank")).inject(new TypicalError("SOLD_OUT")),
                "there is no typical error 'SOLD_OUT'; bank has []");
        faults.add(FaultRule.on(Match.ANY).inject(new TypicalError("SOLD_OUT")));

        kernel.step(() -> {
            assertThat(faults.course("shop", "main", "shop.buy", REQUEST).instead())
                    .contains(Shop.SOLD_OUT);
            assertThat(faults.course("bank", "main", "bank.pay", REQUEST).instead())
                    .isEmpty();
            assertThat(faults.course("unknown", "main", "x.y", REQUEST).instead())
                    .isEmpty();
        });
    }

    private void refused(FaultRule rule, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> faults.add(rule)).withMessage(message);
    }

    @Test
    void theNumberOfRulesIsBounded() {
        for (int i = 0; i < Faults.MAX_RULES; i++) {
            faults.add(FaultRule.on(BUY).inject(new Hang()));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> faults.add(FaultRule.on(BUY).inject(new Hang())))
                .withMessage("a world has at most 1000 fault rules");
        faults.clear();
        assertThat(faults.rules()).isEmpty();
    }

    @Test
    void aNameThatTheWorldWouldChooseMayBeTaken() {
        faults.add(FaultRule.on(BUY).named("fault-1").inject(new Hang()));

        assertThat(faults.add(FaultRule.on(BUY).inject(new Hang())).id()).isEqualTo("fault-2");
    }

    // ---- what becomes of an exchange ----

    @Test
    void withoutFaultsItIsExecutedOnceAndRepliedInFull() {
        Course course = course("shop.buy");

        assertThat(course.executions()).isEqualTo(1);
        assertThat(course.delay()).isZero();
        assertThat(course.wire()).containsExactly(new WireStep.SendReply());
        assertThat(course.delivers()).isTrue();
        assertThat(course.fate()).isEmpty();
    }

    @Test
    void delaysAddUpAndTheFirstEndingStays() {
        Course course = shaped(new FixedDelay(ms(2)), new LoseReply(), new FixedDelay(ms(3)), new Hang());

        assertThat(course.delay()).isEqualTo(ms(5));
        assertThat(course.wire()).containsExactly(new WireStep.Reset());
        assertThat(course.executions()).isEqualTo(1);
        assertThat(course.fate()).containsExactly("delayed by PT0.002S", "reply lost", "delayed by PT0.003S");
        assertThat(course.faults()).hasSize(4);
    }

    @Test
    void whatIsRepliedToInsteadIsNotExecuted() {
        Course course =
                shaped(new Duplicate(), new ErrorReply(503, Map.of(), "busy"), new ErrorReply(500, Map.of(), ""));

        assertThat(course.executions()).isZero();
        assertThat(course.instead().orElseThrow().status()).isEqualTo(503);
        assertThat(course.fate()).containsExactly("replied 503 without executing");
    }

    @Test
    void whatWasLostOnItsWayIsNotRepliedTo() {
        Course course = shaped(new LoseRequest(), new ErrorReply(503, Map.of(), "busy"));

        assertThat(course.executions()).isZero();
        assertThat(course.instead()).isEmpty();
        assertThat(course.fate()).containsExactly("not executed", "request lost");
    }

    @Test
    void aLostReplyAfterADuplicateIsExecutedTwice() {
        assertThat(shaped(new Duplicate(), new LoseReply()).fate()).containsExactly("executed twice", "reply lost");
        assertThat(shaped(new LoseReply(), new Duplicate()).executions()).isEqualTo(1);
    }

    @Property
    void drawnDelaysStayWithinTheirBounds(@ForAll long seed) {
        FaultsTest test = seeded(seed);
        assertThat(test.shaped(new UniformDelay(ms(3), ms(7))).delay()).isBetween(ms(3), ms(7));
        assertThat(test.shaped(new UniformDelay(ms(3), ms(3))).delay()).isEqualTo(ms(3));
        assertThat(test.shaped(new LogNormalDelay(ms(3), 10, ms(20))).delay()).isBetween(Duration.ZERO, ms(20));
        assertThat(test.shaped(new LogNormalDelay(ms(3), 0, ms(20))).delay()).isEqualTo(ms(3));
    }

    private Course shaped(Fault... injected) {
        faults.clear();
        for (Fault fault : injected) {
            faults.add(FaultRule.on(BUY).inject(fault));
        }
        return course("shop.buy");
    }

    private Course course(String operation) {
        return kernel.step(() -> faults.course("shop", "main", operation, REQUEST));
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
