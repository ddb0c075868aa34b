package io.understudy.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The journal's things as short lines for people. */
final class Transcript {
    /** How much of a body a line shows; enough for an error, not for a dump. */
    private static final int MAX_BODY = 200;

    private Transcript() {}

    static String line(Entry entry) {
        return "#" + entry.sequence() + " " + entry.at() + " "
                + (entry instanceof Exchange exchange
                        ? exchange.system() + "/" + exchange.node() + " " + of(exchange)
                        : of((Happening) entry));
    }

    static String of(Exchange exchange) {
        Request request = exchange.request();
        StringBuilder line = new StringBuilder()
                .append(exchange.operation())
                .append(' ')
                .append(request.method())
                .append(' ')
                .append(request.target())
                .append(shortened(request.body()));
        Reply reply = exchange.reply();
        line.append(" -> ").append(reply == null ? "no reply" : reply.status() + shortened(reply.body()));
        if (!exchange.fate().isEmpty()) {
            line.append(" [").append(String.join(", ", exchange.fate()));
            line.append(']');
        }
        if (!exchange.faults().isEmpty()) {
            line.append(" by ").append(String.join(", ", exchange.faults()));
        }
        return line.toString();
    }

    static String of(Match match) {
        List<String> parts = new ArrayList<>();
        add(parts, "system", match.system());
        add(parts, "node", match.node());
        add(parts, "operation", match.operation());
        add(parts, "method", match.method());
        add(parts, "path", match.path());
        match.headers().forEach((name, pattern) -> add(parts, "header " + name, pattern));
        add(parts, "body", match.body());
        add(parts, "body containing", match.bodyContains());
        add(parts, "client", match.client());
        add(parts, "status", match.status());
        return parts.isEmpty() ? "any request" : String.join(", ", parts);
    }

    private static String of(Happening happening) {
        return happening.event().system() + " " + happening.event().type() + " "
                + happening.event().details();
    }

    private static void add(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + " " + Objects.toString(value));
        }
    }

    private static String shortened(Bytes body) {
        if (body.size() == 0) {
            return "";
        }
        return " " + shortened(body.text());
    }

    /** The text on one line, cut where it gets long. */
    static String shortened(String text) {
        String start = text.length() <= MAX_BODY ? text : text.substring(0, MAX_BODY) + "…";
        return start.replace("\r", "\\r").replace("\n", "\\n");
    }
}
