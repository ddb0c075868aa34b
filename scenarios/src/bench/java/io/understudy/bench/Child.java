package io.understudy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own. Whatever it says before {@code READY} can be asked for. */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    /** For all children alike: what they log would cost what is measured. */
    private static final String QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

    private final Process process;
    private final BufferedReader out;
    private final List<String> said = new ArrayList<>();

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** Starts {@code java} with these arguments. */
    static Child start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(QUIET);
        command.addAll(arguments);
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Starts a program of this source folder on the whole classpath. */
    static Child start(Class<?> program, List<String> flags, String... arguments) throws IOException {
        return start(Stream.of(
                        flags.stream(),
                        Stream.of("-cp", System.getProperty("java.class.path"), program.getName()),
                        Stream.of(arguments))
                .flatMap(words -> words)
                .toList());
    }

    /** Waits for the line READY. */
    Child ready() throws IOException {
        for (String line = out.readLine(); !"READY".equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the child ended without READY; it said " + said);
            }
            said.add(line);
        }
        return this;
    }

    /** The rest of the line that begins with that word. */
    String said(String word) {
        return said.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the child said nothing of " + word + ": " + said));
    }

    double number(String word) {
        return Double.parseDouble(said(word));
    }

    URI url() {
        return URI.create(said("url"));
    }

    /** Processor time so far; the kernel counts in hundredths of a second. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
