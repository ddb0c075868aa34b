package io.understudy.undermoon;

import java.util.List;

/**
 * A scale-out by endpoint 14 that has added its nodes and waits until the cluster's proxies know it (spec undermoon 3.5).
 * While one exists it holds the scale lock.
 *
 * <pre>
 *   begin ── existing = n, or shrunk, or refused ───────────────────────────► Finished
 *     └── nodes added ─► Waiting ── round: all in sync ── expand ───────────► Finished
 *                          │  └──── round: somebody is behind ─► Waiting
 *                          ├─────── round: somebody is unreachable ─► Waiting, 31st time ► Finished(PROXY_NOT_SYNC)
 *                          └─────── client gone: abort, nothing more happens
 * </pre>
 *
 * @param ticket names the waiting request; chosen by the caller
 * @param nodeNumber the desired total
 * @param epoch what every proxy must have reached: the cluster's epoch after the nodes were added
 * @param proxies whom to ask in every round, fixed at the beginning
 * @param failingRounds rounds so far in which somebody was unreachable
 */
record AutoScale(String ticket, String cluster, long nodeNumber, long epoch, List<String> proxies, int failingRounds) {
    /** Virtual seconds between two rounds, and before the first. */
    static final int ROUND_SECONDS = 1;
    /** The failing round at which upstream gives up; it retries 30 times. */
    static final int GIVE_UP_AT = 31;

    AutoScale {
        proxies = List.copyOf(proxies);
    }

    AutoScale afterFailingRound() {
        return new AutoScale(ticket, cluster, nodeNumber, epoch, proxies, failingRounds + 1);
    }

    /** Whether the wait is over: everybody has answered and knows the epoch. */
    boolean isSatisfiedBy(EpochAnswers answers) {
        return answers.unreachable().isEmpty() && Epoch.isAtLeast(answers.lowest(), epoch);
    }

    /** What became of a begin or a round. */
    sealed interface Step {
        /** Ask {@code waiting.proxies()} in {@value #ROUND_SECONDS} s and call {@link Broker#autoScaleRound}. */
        record Waiting(AutoScale waiting) implements Step {}

        /** The lock is free again; reply with this. */
        record Finished(Outcome<Outcome.Done> outcome) implements Step {}
    }
}
