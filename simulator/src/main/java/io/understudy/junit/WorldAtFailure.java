package io.understudy.junit;

import io.understudy.World;
import io.understudy.fault.Faults.ActiveRule;
import io.understudy.journal.Bytes;
import io.understudy.journal.Entry;
import io.understudy.journal.Exchange;
import io.understudy.journal.Happening;
import io.understudy.journal.Reply;
import io.understudy.json.Json;
import java.util.List;

/**
 * What the world looked like when a test failed. It is no error of its own: it travels as a suppressed exception of the failure,
 * because a stack trace is the one thing that every build tool and IDE shows without being asked.
 */
final class WorldAtFailure extends RuntimeException {
    /** How many entries of the journal are shown; more would bury the failure itself. */
    static final int MAX_ENTRIES = 20;

    /** How many fault rules are shown. */
    static final int MAX_FAULTS = 10;

    /** How many characters a line may have after its indentation. */
    static final int MAX_WIDTH = 240;

    /** How much of a body is shown: of request and reply together less than a line, so that the status is always seen. */
    private static final int MAX_BODY = 50;

    /** How much of a request's path and query is shown. */
    private static final int MAX_TARGET = 50;

    private static final long serialVersionUID = 1L;

    private WorldAtFailure(String message) {
        super(message, null, false, false);
    }

    /**
     * The world now.
     *
     * @param test the test as Surefire's {@code -Dtest} takes it
     */
    static WorldAtFailure of(OnAir onAir, String test) {
        World world = onAir.simulation().world();
        StringBuilder text = new StringBuilder("seed " + onAir.seed())
                .append(world.seed() == onAir.seed() ? "" : " (later reset to " + world.seed() + ")")
                .append(", clock " + world.clock().mode() + ", " + world.clock().now());
        List<Entry> entries = world.journal().entries(entry -> true, MAX_ENTRIES);
        if (entries.isEmpty()) {
            line(text, "\t", "the journal is empty");
        } else {
            long last = entries.get(entries.size() - 1).sequence();
            line(text, "\t", "the journal, its last " + entries.size() + " of " + last + ":");
            entries.forEach(entry -> line(text, "\t\t", lineOf(entry)));
        }
        List<ActiveRule> rules = world.faults().rules();
        line(text, "\t", rules.isEmpty() ? "no fault rules" : "the fault rules, " + rules.size() + " in all:");
        rules.stream().limit(MAX_FAULTS).forEach(rule -> line(text, "\t\t", lineOf(rule)));
        // whole, however long: it is there to be copied; the quotes keep a shell from the $ of nested classes
        text.append("\n\tonce more: mvn test -Dtest='" + test + "' -D" + WorldsOfClass.SEED + "=" + onAir.seed());
        return new WorldAtFailure(text.toString());
    }

    private static String lineOf(Entry entry) {
        String beginning = "#" + entry.sequence() + " " + entry.at() + " ";
        if (entry instanceof Happening happening) {
            return beginning + happening.system() + " " + happening.event().type() + " "
                    + happening.event().details();
        }
        Exchange exchange = (Exchange) entry;
        Reply reply = exchange.reply();
        return beginning + exchange.operation() + " " + exchange.request().method() + " "
                + shortened(exchange.request().target(), MAX_TARGET)
                + shortened(exchange.request().body()) + " -> "
                + (reply == null ? "no reply" : reply.status() + shortened(reply.body()))
                + (exchange.fate().isEmpty() ? "" : " " + exchange.fate())
                + (exchange.faults().isEmpty() ? "" : " by " + exchange.faults());
    }

    private static String lineOf(ActiveRule active) {
        return active.rule().id() + ", struck " + active.struck() + " of " + active.matched() + ": "
                + Json.write(active.rule());
    }

    private static String shortened(Bytes body) {
        return body.size() == 0 ? "" : " " + shortened(body.text(), MAX_BODY);
    }

    private static String shortened(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }

    private static void line(StringBuilder text, String indentation, String line) {
        // bodies come from anywhere: a line stays a line, and a terminal is left alone
        String plain = shortened(line, MAX_WIDTH).replaceAll("\\p{Cntrl}", " ");
        text.append('\n').append(indentation).append(plain);
    }
}
