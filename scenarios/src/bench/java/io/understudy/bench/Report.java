package io.understudy.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables in Markdown, aligned so that they can be read as they are; each is printed as soon as it is complete. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    Report(Benchmarks.Budget budget) {
        Runtime runtime = Runtime.getRuntime();
        say("# Benchmarks\n\nJava " + System.getProperty("java.version") + ", " + runtime.availableProcessors()
                + " processors. Compare the two columns of a row, never figures of two machines."
                + (budget.quick() ? " **Quick run: nothing here is a measurement.**" : "") + "\n\n");
    }

    /** Says on the console only what is under way. */
    void begin(String part) {
        System.out.println("… " + part);
    }

    String text() {
        return text.toString();
    }

    /** Begins a table; it is printed by {@link Table#end}. */
    Table table(String title, String note, String... columns) {
        return new Table(title, note, List.of(columns));
    }

    /** Begins a table of figures beside their baselines. */
    Comparison comparison(String title, String note) {
        return new Comparison(
                table(title, note, "figure", "Understudy", "baseline", "ratio", "limit", "", "what the baseline is"));
    }

    private void say(String more) {
        text.append(more);
        System.out.print(more);
    }

    /** Three digits that matter, or as many as stand before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
    }

    final class Table {
        private final String title;
        private final String note;
        private final List<List<String>> rows = new ArrayList<>();

        private Table(String title, String note, List<String> columns) {
            this.title = title;
            this.note = note;
            rows.add(columns);
        }

        Table row(List<String> cells) {
            rows.add(List.copyOf(cells));
            return this;
        }

        void end() {
            List<Integer> widths = IntStream.range(0, rows.get(0).size())
                    .mapToObj(column -> rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0))
                    .toList();
            Stream<String> lines = rows.stream().map(row -> line(row, widths));
            List<String> all = new ArrayList<>(lines.toList());
            all.add(1, widths.stream().map(width -> "-".repeat(width + 2)).collect(Collectors.joining("|", "|", "|")));
            say("## " + title + "\n\n" + String.join("\n", all) + "\n" + (note.isEmpty() ? "" : "\n" + note + "\n")
                    + "\n");
        }

        private String line(List<String> row, List<Integer> widths) {
            return IntStream.range(0, row.size())
                    .mapToObj(i -> " " + row.get(i)
                            + " ".repeat(widths.get(i) - row.get(i).length() + 1))
                    .collect(Collectors.joining("|", "|", "|"));
        }
    }

    /** Figures beside their baselines. */
    final class Comparison {
        private final Table table;

        private Comparison(Table table) {
            this.table = table;
        }

        /** A figure with a limit of its own. */
        Comparison row(String figure, double ours, String unit, double baseline, Limit limit, String what) {
            table.row(List.of(
                    figure,
                    number(ours) + " " + unit,
                    number(baseline) + " " + unit,
                    baseline == 0 ? "–" : number(ours / baseline),
                    limit.text(unit),
                    limit.verdict(ours, baseline),
                    what));
            return this;
        }

        void end() {
            table.end();
        }
    }

    /** What was promised. */
    sealed interface Limit {
        /** Nothing. */
        record None() implements Limit {}

        /** At most that, in the figure's unit. */
        record AtMost(double most) implements Limit {}

        /** At most that much more than the baseline, in the figure's unit. */
        record Above(double most) implements Limit {}

        /** At most so many times the baseline. */
        record Times(double most) implements Limit {}

        Limit NONE = new None();

        default String text(String unit) {
            if (this instanceof AtMost atMost) {
                return "≤ " + number(atMost.most) + " " + unit;
            } else if (this instanceof Above above) {
                return "≤ baseline + " + number(above.most) + " " + unit;
            }
            return this instanceof Times times ? "≤ " + number(times.most) + " × baseline" : "";
        }

        default String verdict(double ours, double baseline) {
            double most = Double.POSITIVE_INFINITY;
            if (this instanceof AtMost atMost) {
                most = atMost.most;
            } else if (this instanceof Above above) {
                most = baseline + above.most;
            } else if (this instanceof Times times) {
                most = baseline * times.most;
            } else {
                return "";
            }
            return ours <= most ? "kept" : "BROKEN";
        }
    }
}
