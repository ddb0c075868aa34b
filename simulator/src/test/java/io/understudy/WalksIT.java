package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.system.NodeSpec;
import io.understudy.system.Settings;
import io.understudy.system.SystemDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Types the walks of the README and of the user pages with curl, line by line, each against a packaged server of its own that has
 * just been started, and holds what is answered against what the document prints.
 *
 * <p>A walk begins at a line {@code <!-- walk: start SYSTEM FLAG... -->}, which says how its server is started, and ends at the
 * next heading of the second level, or where another begins.
 */
class WalksIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Path PAGES = Path.of("..", "src", "site", "markdown");
    private static final Path JAR = Path.of("target", "understudy.jar");
    private static final String MARK = "<!-- walk: start ";
    private static final String CONTROL = "http://127.0.0.1:7700";

    @TempDir
    Path directory;

    /** A typed line and what the document says comes of it. */
    private record Typed(String command, String answer) {}

    private record Walk(Path document, List<String> flags, List<Typed> lines) {
        String system() {
            return flags.get(0);
        }

        @Override
        public String toString() {
            return document.getFileName() + ": start " + String.join(" ", flags);
        }
    }

    @BeforeAll
    static void aShellIsThere() throws Exception {
        assumeTrue(runs("curl") && runs("bash"), "the walks are typed into bash and curl");
    }

    private static boolean runs(String program) throws IOException, InterruptedException {
        return new ProcessBuilder(program, "--version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Documents are written ahead of the systems that they are about. */
    static List<Walk> walks() throws IOException {
        List<String> systems =
                Understudy.systems().stream().map(SystemDefinition::name).toList();
        List<Walk> walks = new ArrayList<>(walks(README));
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.sorted().toList()) {
                walks.addAll(walks(page));
            }
        }
        return walks.stream().filter(walk -> systems.contains(walk.system())).toList();
    }

    @Test
    void theReadmeWalksThroughEverySystem() throws IOException {
        assertThat(walks(README).stream().map(Walk::system))
                .containsAll(Understudy.systems().stream()
                        .map(SystemDefinition::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("walks")
    void theWalkRunsAsPrinted(Walk walk) throws Exception {
        assertThat(walk.lines()).hasSizeGreaterThan(5);
        Process server = server(walk);
        try {
            String script = String.join(
                    "\n",
                    walk.lines().stream()
                            .map(typed -> typed.command() + "\necho; echo @@@")
                            .toList());
            for (Map.Entry<String, String> url : urls(walk, server).entrySet()) {
                script = script.replace(url.getKey(), url.getValue());
            }
            String[] answers = typed(script).split("@@@", -1);
            for (int i = 0; i < walk.lines().size(); i++) {
                assertThat(i < answers.length ? answers[i].strip() : "(nothing came of it)")
                        .as("$ %s", walk.lines().get(i).command())
                        .isEqualTo(walk.lines().get(i).answer());
            }
        } finally {
            server.destroy();
        }
    }

    private static Process server(Walk walk) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString(), "start"));
        command.addAll(walk.flags());
        command.addAll(List.of("--port", walk.system() + "=0", "--control-port", "0"));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The URLs that documents print, and where the server really is. */
    private static Map<String, String> urls(Walk walk, Process server) throws IOException {
        SystemDefinition system = Understudy.system(walk.system());
        Map<String, String> printed = new HashMap<>();
        for (NodeSpec node : system.nodes(Settings.of(system))) {
            printed.put(system.name() + "/" + node.name(), "http://127.0.0.1:" + node.defaultPort());
        }
        printed.put("control", CONTROL);
        Map<String, String> urls = new HashMap<>();
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
            assertThat(line).as("what the server prints before READY").isNotNull();
            String[] nameAndUrl = line.split(" ", 2);
            if (printed.containsKey(nameAndUrl[0])) {
                urls.put(printed.get(nameAndUrl[0]), nameAndUrl[1]);
            }
        }
        assertThat(urls.keySet()).containsExactlyInAnyOrderElementsOf(printed.values());
        return urls;
    }

    private String typed(String script) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!bash.waitFor(1, TimeUnit.MINUTES)) {
            bash.destroyForcibly().waitFor();
        }
        return Files.readString(output);
    }

    private static List<Walk> walks(Path document) throws IOException {
        List<Walk> walks = new ArrayList<>();
        boolean isWalking = false;
        boolean isTyping = false;
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith(MARK)) {
                String flags = line.substring(MARK.length(), line.indexOf(" -->"));
                walks.add(new Walk(document, List.of(flags.split(" ")), new ArrayList<>()));
                isWalking = true;
            } else if (line.startsWith("## ")) {
                isWalking = false;
            } else if (line.startsWith("```")) {
                isTyping = line.equals("```console");
            } else if (isWalking && isTyping) {
                type(line, walks.get(walks.size() - 1).lines());
            }
        }
        return walks;
    }

    private static void type(String line, List<Typed> lines) {
        if (line.startsWith("$ ")) {
            lines.add(new Typed(line.substring(2), ""));
        } else {
            Typed last = lines.remove(lines.size() - 1);
            lines.add(new Typed(last.command(), (last.answer() + "\n" + line).strip()));
        }
    }
}
