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
import java.util.ArrayList;
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
            new ResetBeforeReply(),
            new ResetMidReply(0.5),
            new EmptyReply());

    private Chance() {}

    /**
     * Rules for some of what is asked.
     *
     * @param typical an error that is the system's own
     */
    static Arbitrary<List<FaultRule>> rules(List<Match> matches, String typical) {
        List<Fault> faults = new ArrayList<>(FAULTS);
        faults.add(new TypicalError(typical));
        return Combinators.combine(
                        Arbitraries.of(matches),
                        Arbitraries.of(faults),
                        Arbitraries.doubles().between(0.05, 0.6))
                .as((match, fault, probability) ->
                        FaultRule.on(match).withProbability(probability).inject(fault))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
