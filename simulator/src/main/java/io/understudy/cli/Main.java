package io.understudy.cli;

import io.understudy.control.Catalogue;
import java.io.PrintStream;
import java.util.List;

/** The command line's {@code main}. Exit codes: 0, 1 if something failed, 2 if it was asked for wrongly. */
public final class Main {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** A system property: set, it has failures followed by their stack traces. */
    private static final String DEBUG = "understudy.debug";

    private final Catalogue catalogue;
    private final PrintStream out;
    private final PrintStream err;

    Main(Catalogue catalogue, PrintStream out, PrintStream err) {
        this.catalogue = catalogue;
        this.out = out;
        this.err = err;
    }

    /** Runs the command line and ends the process. */
    public static void main(String[] arguments) {
        int code = new Main(Catalogue.ofUnderstudy(), System.out, System.err).run(List.of(arguments));
        System.exit(code);
    }

    /** Runs the command line and returns its exit code. */
    int run(List<String> arguments) {
        try {
            if (!arguments.isEmpty() && arguments.get(0).equals("start")) {
                var plain = Arguments.plain(arguments.subList(1, arguments.size()));
                if (plain.isPresent()) {
                    return start(plain.get());
                }
            }
            return new Commands(catalogue, out, this::start).run(arguments);
        } catch (UsageException e) {
            return failed(USAGE, e);
        } catch (Exception e) {
            return failed(FAILED, e);
        }
    }

    private int start(List<Given> given) throws Exception {
        new Start(catalogue, out).run(StartPlan.of(given, catalogue));
        return OK;
    }

    private int failed(int code, Exception e) {
        err.println("understudy: " + (e.getMessage() == null ? e : e.getMessage()));
        if (System.getProperty(DEBUG) != null) {
            e.printStackTrace(err);
        }
        err.flush();
        return code;
    }
}
