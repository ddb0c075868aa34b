package io.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts the real process. */
@Timeout(120)
class StartTest {
    private final List<Process> started = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void endWhatStillRuns() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itPrintsTheUrlsInOrderThenReadyAndServesThem() throws Exception {
        Process process = start("undermoon", "--port", "undermoon=0", "--control-port", "0", "--clock", "manual");

        Map<String, URI> urls = urls(process);

        assertThat(urls.keySet()).containsExactly("control", "undermoon/broker");
        assertThat(get(urls.get("control") + "/systems"))
                .isEqualTo("[{\"system\":\"undermoon\",\"profile\":\"documented\",\"nodes\":"
                        + "[{\"name\":\"broker\",\"url\":\"" + urls.get("undermoon/broker") + "\"}]}]");
        assertThat(get(urls.get("undermoon/broker") + "/api/v3/clusters/names"))
                .isEqualTo("{\"names\":[\"mycluster\"]}");
    }

    @Test
    void asItIsToldToEndItEndsAndFreesItsPorts() throws Exception {
        Process process = start("undermoon", "--port", "undermoon=0", "--control-port", "0");
        Map<String, URI> urls = urls(process);
        get(urls.get("control") + "/health");

        process.destroy(); // SIGTERM

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        for (URI url : urls.values()) {
            new ServerSocket(url.getPort(), 1, InetAddress.getByName("127.0.0.1")).close();
        }
    }

    @Test
    void aSecondStartOnTheSamePortFailsInOneLine() throws Exception {
        URI broker = urls(start("undermoon", "--port", "undermoon=0", "--control-port", "0"))
                .get("undermoon/broker");

        Process second = start("undermoon", "--port", "undermoon=" + broker.getPort(), "--control-port", "0");

        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("understudy: port " + broker.getPort() + " on 127.0.0.1 is in use")
                .hasLineCount(1);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "start"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    /** Reads up to READY. */
    private static Map<String, URI> urls(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null && !line.equals("READY"); line = out.readLine()) {
            lines.add(line);
        }
        return lines.stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        words -> words[0], words -> URI.create(words[1]), (a, b) -> b, LinkedHashMap::new));
    }

    private String get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
