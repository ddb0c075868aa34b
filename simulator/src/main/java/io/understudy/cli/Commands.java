package io.understudy.cli;

import io.understudy.control.Catalogue;
import io.understudy.control.NearNames;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands as picocli knows them. The model is put together here and not by annotations, so that the options of
 * {@code start} stand in one table, {@link Flag}.
 */
final class Commands {
    private static final String JSON = "--json";

    private final Catalogue catalogue;
    private final PrintStream out;
    private final Starter starter;

    /** Starts a server. */
    @FunctionalInterface
    interface Starter {
        int start(List<Given> given) throws Exception;
    }

    Commands(Catalogue catalogue, PrintStream out, Starter starter) {
        this.catalogue = catalogue;
        this.out = out;
        this.starter = starter;
    }

    int run(List<String> arguments) throws Exception {
        CommandLine commandLine = new CommandLine(root());
        ParseResult result;
        try {
            result = commandLine.parseArgs(arguments.toArray(new String[0]));
        } catch (ParameterException e) {
            throw new UsageException(message(e), e);
        }
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.isUsageHelpRequested()) {
            last.commandSpec().commandLine().usage(out, Help.Ansi.OFF);
            return Main.OK;
        }
        if (last.isVersionHelpRequested()) {
            out.println("understudy " + Version.current());
            return Main.OK;
        }
        return run(last);
    }

    private int run(ParseResult command) throws Exception {
        Listings listings = new Listings(catalogue, out, command.hasMatchedOption(JSON));
        List<String> words = command.hasMatchedPositional(0) ? command.matchedPositionalValue(0, List.of()) : List.of();
        switch (command.commandSpec().name()) {
            case "start" -> {
                return starter.start(given(command, words));
            }
            case "systems" -> listings.systems(words);
            case "operations" -> listings.operations(one(words, "operations"));
            case "faults" -> listings.faults(one(words, "faults"));
            default -> throw new UsageException("no command is given; `understudy --help` tells which there are");
        }
        return Main.OK;
    }

    private String one(List<String> systems, String command) {
        if (systems.size() != 1) {
            throw new UsageException(
                    command + " wants the name of one system; there are " + String.join(", ", catalogue.names()));
        }
        return systems.get(0);
    }

    private static List<Given> given(ParseResult start, List<String> words) {
        List<Given> given = new ArrayList<>();
        words.forEach(word -> given.add(Arguments.system(word)));
        for (Flag flag : Flag.values()) {
            if (flag.repeatable()) {
                List<String> values = start.matchedOptionValue(flag.option(), List.of());
                values.forEach(value -> given.add(new Given(flag, value, flag.option())));
            } else if (start.hasMatchedOption(flag.option())) {
                given.add(new Given(flag, start.matchedOptionValue(flag.option(), ""), flag.option()));
            }
        }
        return given;
    }

    private static String message(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String help = "; `" + command.qualifiedName() + " --help` tells what there is";
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getMessage() + help;
        }
        String first = unmatched.getUnmatched().get(0);
        String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
        return name.startsWith("-")
                ? NearNames.message(
                                "there is no option",
                                name,
                                "there are",
                                command.optionsMap().keySet())
                        + help
                : NearNames.message(
                                "there is no command",
                                name,
                                "there are",
                                command.subcommands().keySet())
                        + help;
    }

    // ---- the model ----

    private static CommandSpec root() {
        CommandSpec root = described(
                "understudy",
                "Stands in for the control planes of data infrastructure systems.",
                "understudy start                     every system on its own port, READY when they listen",
                "understudy start undermoon --port undermoon=0 --control-port 0",
                "understudy systems                   what there is to start");
        root.addOption(OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Prints the version.")
                .build());
        root.addSubcommand("start", start());
        root.addSubcommand(
                "systems",
                listing(
                        "systems",
                        "Lists the systems; or the profiles, presets, knobs, quirks and actions of those that are named.",
                        "[SYSTEM...]",
                        "0..*",
                        "understudy systems",
                        "understudy systems undermoon",
                        "understudy systems --json            everything about every system"));
        root.addSubcommand(
                "operations",
                listing(
                        "operations",
                        "Lists the operations of a system, by the names that fault rules and the journal use.",
                        "SYSTEM",
                        "1",
                        "understudy operations undermoon",
                        "understudy operations undermoon --json"));
        root.addSubcommand(
                "faults",
                listing(
                        "faults",
                        "Lists the faults of a system: in its own words, and on the wire.",
                        "SYSTEM",
                        "1",
                        "understudy faults undermoon",
                        "understudy faults undermoon --json"));
        return root;
    }

    private static CommandSpec start() {
        CommandSpec start = described(
                "start",
                "Starts systems and the control API, prints their URLs, then READY, and runs until it is told to end.",
                "understudy start",
                "understudy start undermoon --port undermoon=7799 --clock real:60",
                "understudy start --config understudy.yaml --seed 42",
                "curl -X POST localhost:7700/clock/advance -d '{\"by\":\"PT2H\"}'");
        for (Flag flag : Flag.values()) {
            start.addOption(OptionSpec.builder(flag.option())
                    .paramLabel(flag.value())
                    .type(flag.repeatable() ? List.class : String.class)
                    .auxiliaryTypes(String.class)
                    .description(flag.description())
                    .build());
        }
        start.usageMessage().customSynopsis("understudy start [OPTION...] [SYSTEM...]");
        return start.addPositional(words("[SYSTEM...]", "What to start. Default: every system."));
    }

    private static CommandSpec listing(String name, String summary, String words, String... examples) {
        return described(name, summary, examples)
                .addOption(OptionSpec.builder(JSON)
                        .description("Prints JSON instead of a table.")
                        .build())
                .addPositional(words(words, "A system, see `understudy systems`."));
    }

    private static PositionalParamSpec words(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    private static CommandSpec described(String name, String summary, String... examples) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Prints this help.")
                .build());
        String[] footer = new String[examples.length + 2];
        footer[0] = "";
        footer[1] = "Examples:";
        for (int i = 0; i < examples.length; i++) {
            footer[i + 2] = "  " + examples[i];
        }
        spec.usageMessage()
                .description(summary)
                .footer(footer)
                .sortOptions(false)
                .width(100);
        return spec;
    }
}
