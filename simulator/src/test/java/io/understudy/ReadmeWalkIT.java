package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Types the README's walk with curl, line by line, against the packaged server as it has just been started, and holds what is
 * answered against what the README prints.
 */
class ReadmeWalkIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Path JAR = Path.of("target", "understudy.jar");
    private static final String MARK = "<!-- walk";

    private static Process server;
    private static String control;
    private static String broker;

    /** A typed line and what the README says comes of it. */
    private record Typed(String command, String answer) {}

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(runs("curl") && runs("bash"), "the walk is typed into bash and curl");
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "start",
                        "--port",
                        "undermoon=0",
                        "--control-port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = server.inputReader();
        for (String line = lines.readLine(); !"READY".equals(line); line = lines.readLine()) {
            assertThat(line).as("what the server prints before READY").isNotNull();
            if (line.startsWith("control ")) {
                control = line.substring("control ".length());
            } else if (line.startsWith("undermoon/broker ")) {
                broker = line.substring("undermoon/broker ".length());
            }
        }
    }

    private static boolean runs(String program) throws IOException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.destroy();
        }
    }

    @Test
    void theWalkOfTheReadmeRunsAsPrinted() throws Exception {
        List<Typed> walk = walk();
        assertThat(walk).hasSizeGreaterThan(10);
        String script = String.join(
                "\n",
                walk.stream().map(typed -> typed.command() + "\necho; echo @@@").toList());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        script.replace("http://127.0.0.1:7799", broker).replace("http://127.0.0.1:7700", control))
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String[] answers = output.split("@@@", -1);
        for (int i = 0; i < walk.size(); i++) {
            assertThat(answers[i].strip())
                    .as("$ %s", walk.get(i).command())
                    .isEqualTo(walk.get(i).answer());
        }
    }

    private static List<Typed> walk() throws IOException {
        List<String> lines = Files.readAllLines(README);
        List<Typed> walk = new ArrayList<>();
        boolean inside = false;
        boolean marked = false;
        for (String line : lines) {
            marked |= line.startsWith(MARK);
            if (marked && line.startsWith("## ")) {
                break;
            }
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (marked && inside && line.startsWith("$ ")) {
                walk.add(new Typed(line.substring(2), ""));
            } else if (marked && inside) {
                Typed last = walk.remove(walk.size() - 1);
                walk.add(new Typed(last.command(), (last.answer() + "\n" + line).strip()));
            }
        }
        return walk;
    }
}
