package io.understudy.scenarios;

import io.understudy.fault.Duplicate;
import io.understudy.fault.EmptyReply;
import io.understudy.fault.ErrorReply;
import io.understudy.fault.Fault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.LogNormalDelay;
import io.understudy.fault.LoseReply;
import io.understudy.fault.LoseRequest;
import io.understudy.fault.ResetBeforeReply;
import io.understudy.fault.ResetMidReply;
import io.understudy.fault.TypicalError;
import io.understudy.fault.UniformDelay;
import io.understudy.journal.Match;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random fault rules that strike by chance; none of them lets a client wait for ever. */
final class Chance {
    private static final List<Fault> FAULTS = List.of(
            new Duplicate(),
            new LoseReply(),
            new LoseRequest(),
            new UniformDelay(Duration.ZERO, Duration.ofSeconds(9)),
            new LogNormalDelay(Duration.ofMillis(200), 1.5, Duration.ofMinutes(1)),
            new ErrorReply(503, Map.of("retry-after", "1"), "try again"),
            new TypicalError("RETRY"),
            new ResetBeforeReply(),
            new ResetMidReply(0.5),
            new EmptyReply());

    private static final List<Match> MATCHES = List.of(
            Match.system("undermoon"),
            Match.operation("undermoon.commitMigration"),
            Match.operation("undermoon.autoScale"),
            Match.operation("re:undermoon\\.(get|list).*"),
            Match.ANY.withMethod("POST"));

    private Chance() {}

    static Arbitrary<List<FaultRule>> rules() {
        return Combinators.combine(
                        Arbitraries.of(MATCHES),
                        Arbitraries.of(FAULTS),
                        Arbitraries.doubles().between(0.05, 0.6))
                .as((match, fault, probability) ->
                        FaultRule.on(match).withProbability(probability).inject(fault))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
