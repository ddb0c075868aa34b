package io.understudy.journal;

import java.util.Comparator;

/**
 * A kind of exchange that is counted.
 *
 * @param system the system
 * @param operation the operation's id
 * @param status the status of the reply, or {@code none} if there was none
 */
public record Tally(String system, String operation, String status) {
    static final Comparator<Tally> ORDER =
            Comparator.comparing(Tally::system).thenComparing(Tally::operation).thenComparing(Tally::status);

    static Tally of(Exchange exchange) {
        Reply reply = exchange.reply();
        return new Tally(
                exchange.system(), exchange.operation(), reply == null ? "none" : Integer.toString(reply.status()));
    }
}
