package io.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.CounterSystem;
import io.understudy.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private final Terminal terminal = new Terminal();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "start --help", "systems --help", "operations --help", "faults --help"})
    void everyCommandHasHelpWithExamples(String line) {
        assertThat(terminal.run(line.split(" "))).isZero();
        assertThat(terminal.out()).contains("Usage: understudy", "Examples:").doesNotContain("verify");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void theHelpOfStartNamesEveryOption() {
        terminal.run("start", "--help");

        for (Flag flag : Flag.values()) {
            assertThat(terminal.out()).contains(flag.option() + "=" + flag.value());
        }
    }

    @Test
    void theVersionIsSaid() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).startsWith("understudy ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                         | no command is given
                    begin                                      | there is no command 'begin'; there are start, systems, operations, faults; `understudy --help`
                    start undermon                             | start: there is no system 'undermon'; did you mean 'undermoon'? (there are undermoon, counter)
                    start --prot counter=0                     | there is no option '--prot'; did you mean '--port'?
                    start --port counter                       | --port: 'counter' is not of the form SYSTEM=PORT
                    start --port conter=1                      | --port: there is no system 'conter'; did you mean 'counter'?
                    start --port counter=65536                 | '65536' is no port; a port is a number from 0 (any free one) to 65535
                    start --port counter=x                     | 'x' is no port
                    start undermoon --port counter=0           | a port is given for counter, which is not among the systems that are started: undermoon
                    start undermoon --set counter.step=2       | something is said about counter, which is not among the systems
                    start --profile counter=hsty               | --profile: counter has no profile 'hsty'; did you mean 'hasty'? (it has plain, hasty)
                    start --preset counter=at(x)               | --preset: counter has no preset 'at(x)'; write empty or at(N)
                    start --set counter.stp=2                  | --set: there is no knob 'counter.stp'; did you mean 'counter.step'?
                    start --set counter.step=0                 | --set: counter.step is a whole number from 1 to 100; '0' is not
                    start --set step=0                         | --set: 'step' names no knob; write SYSTEM.KNOB
                    start --quirk counter.alne=on              | --quirk: there is no quirk 'counter.alne'; did you mean 'counter.alone'?
                    start --quirk counter.alone=yes            | --quirk: quirk counter.alone is on or off; 'yes' is neither
                    start --clock rael                         | --clock: no clock mode 'rael'; use real, real:SPEED, manual or per-request:STEP
                    start --clock per-request:soon             | --clock: no clock mode 'per-request:soon'
                    start --seed many                          | --seed: 'many' is no seed; a seed is a whole number
                    start --seed 1 --seed 2                    | should be specified only once
                    start --config nowhere.yaml                | --config: there is no file nowhere.yaml
                    start --control-port                       | '--control-port'
                    operations                                 | operations wants the name of one system; there are undermoon, counter
                    operations countr                          | there is no system 'countr'; did you mean 'counter'?
                    faults countr                              | there is no system 'countr'; did you mean 'counter'?
                    systems countr                             | there is no system 'countr'; did you mean 'counter'?
                    """)
    void aMistakeIsOneLineThatSaysWhatWouldBeRight(String line, String said) {
        int code = terminal.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).startsWith("understudy: ").contains(said).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'seed: 1\nsytems: [counter]'             | :2: there is no option 'sytems'; there are systems, port
                    'seed: 1\n\nprofile:\n  counter: hsty'   | :4: counter has no profile 'hsty'; did you mean 'hasty'?
                    'port: 7'                                | :1: 'port' is a mapping, such as `port: {SYSTEM: PORT}`
                    'port: {counter: [1, x]}'                | :1: 'x' is no port
                    'seed: {a: b}'                           | :1: 'seed' is one value, not a mapping
                    'seed: [1]'                              | :1: 'seed' is not a list
                    'seed:'                                  | :1: 'seed' has no value
                    '- seed'                                 | :1: the file is a mapping
                    'systems: [counter, undermon]'           | :1: there is no system 'undermon'; did you mean 'undermoon'?
                    'seed: 1\nclock: }'                      | :2: this is no YAML
                    'config: other.yaml'                     | :1: there is no option 'config'
                    """)
    void aMistakeInAConfigurationFileIsToldWithItsLine(String yaml, String said) throws IOException {
        Path file = Files.writeString(directory.resolve("understudy.yaml"), yaml.replace("\\n", "\n"));

        int code = terminal.run("start", "--config", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(terminal.err()).startsWith("understudy: " + file + said).hasLineCount(1);
    }

    @Test
    void theCommandLineOverrulesTheConfigurationFileKeyByKey() throws IOException {
        Path file = Files.writeString(directory.resolve("understudy.yaml"), """
                # all of it
                systems: [counter]
                port:
                  counter: [9001, 9002]
                control-port: 9000
                control-token: secret
                bind: 127.0.0.2
                profile: {counter: hasty}
                preset: {counter: at(3)}
                set:
                  counter.step: 5
                  counter.nodes: 3
                quirk: {counter.alone: off}
                seed: 42
                clock: manual
                """);

        StartPlan plan = StartPlan.of(
                Arguments.plain(List.of(
                                "--config",
                                file.toString(),
                                "--seed=7",
                                "--set",
                                "counter.step=6",
                                "--port",
                                "counter=0"))
                        .orElseThrow(),
                CounterSystem.withTheOthers());

        assertThat(plan.ports()).isEqualTo(Map.of("counter", List.of(0)));
        assertThat(plan.controlPort()).isEqualTo(9000);
        assertThat(plan.controlToken()).isEqualTo("secret");
        assertThat(plan.bind()).isEqualTo("127.0.0.2");
        assertThat(plan.world().systems()).containsExactly("counter");
        assertThat(plan.world().seed()).isEqualTo(7);
        assertThat(plan.world().clock()).isEqualTo("manual");
        assertThat(plan.world().profiles()).isEqualTo(Map.of("counter", "hasty"));
        assertThat(plan.world().presets()).isEqualTo(Map.of("counter", "at(3)"));
        assertThat(plan.world().set()).isEqualTo(Map.of("counter.step", "6", "counter.nodes", "3"));
        assertThat(plan.world().quirks()).isEqualTo(Map.of("counter.alone", "off"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "counter --port counter=0 --port counter=0 --seed -5",
                "--seed=3 --clock manual undermoon counter --set counter.step=2",
                "--bind 127.0.0.1 --control-token t --quirk counter.alone=on"
            })
    void theShortWayReadsWhatPicocliReads(String line) throws Exception {
        List<String> arguments = List.of(line.split(" "));
        List<Given> read = new ArrayList<>();
        List<String> withCommand = new ArrayList<>(List.of("start"));
        withCommand.addAll(arguments);
        new Commands(CounterSystem.withTheOthers(), System.out, given -> {
                    read.addAll(given);
                    return 0;
                })
                .run(withCommand);

        StartPlan slow = StartPlan.of(read, CounterSystem.withTheOthers());
        assertThat(Arguments.plain(arguments).map(given -> StartPlan.of(given, CounterSystem.withTheOthers())))
                .satisfiesAnyOf(
                        quick -> assertThat(quick).hasValue(slow),
                        quick -> assertThat(quick).isEmpty());
        assertThat(Arguments.plain(arguments).isPresent()).isEqualTo(!line.contains("-5"));
    }

    @Test
    void aPortThatIsTakenIsAFailureAndNoMistake() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThat(terminal.run("start", "counter", "--port", "counter=" + port, "--control-port", "0"))
                    .isEqualTo(1);
            assertThat(terminal.err())
                    .isEqualTo("understudy: port " + port + " on 127.0.0.1 is in use; choose another one with"
                            + " --port SYSTEM=PORT (0 is any free one)\n");
        }
    }

    @Test
    void aControlPortThatIsTakenIsToldAsSuchAndFreesTheRest() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThat(terminal.run("start", "counter", "--control-port", "" + port))
                    .isEqualTo(1);
            assertThat(terminal.err())
                    .contains("port " + port, "--control-port PORT")
                    .hasLineCount(1);
            assertThat(terminal.out()).isEmpty();
        }
    }

    @Test
    void systemsIsATableWithPortsProfilesAndPresets() {
        assertThat(terminal.run("systems")).isZero();
        assertThat(terminal.out())
                .startsWith("SYSTEM     NODES (PORT)")
                .contains("undermoon  broker (7799)", "documented, upstream", "plain, hasty", "at(7)");
    }

    @Test
    void aNamedSystemIsDescribedDownToItsKnobs() {
        assertThat(terminal.run("systems", "counter")).isZero();
        assertThat(terminal.out())
                .contains(
                        "counter.nodes  2  how many nodes it has (a whole number from 1 to 4)",
                        "counter.alone  it has one node",
                        "at(N)  it has counted to N",
                        "add(by)  adds");
    }

    @Test
    void asJsonTheListingsHoldEverything() {
        assertThat(terminal.run("systems", "--json")).isZero();
        List<?> systems = Json.read(terminal.out(), List.class);
        assertThat(systems).hasSize(2);
        Map<String, Object> counter = new LinkedHashMap<>();
        ((Map<?, ?>) systems.get(1)).forEach((name, value) -> counter.put((String) name, value));
        assertThat(counter)
                .containsEntry("system", "counter")
                .containsEntry("standalonePreset", "at(7)")
                .extractingByKeys("profiles", "knobs", "quirks", "actions", "faults", "operations", "nodes")
                .allSatisfy(list -> assertThat((List<?>) list).isNotEmpty());
    }

    @Test
    void operationsAndFaultsAreListed() {
        assertThat(terminal.run("operations", "counter")).isZero();
        assertThat(terminal.run("faults", "counter")).isZero();
        assertThat(terminal.out())
                .contains("counter.count  POST    /count  counts on", "stuck", "loseReply", "fixedDelay");
        assertThat(new Terminal().run("operations", "counter", "--json")).isZero();
        assertThat(new Terminal().run("faults", "counter", "--json")).isZero();
    }
}
