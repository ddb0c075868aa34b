package io.understudy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** From the command to READY, whole processes in turn. */
final class ColdStart implements Benchmarks.Part {
    /** What a bare Javalin program needs of the classpath. */
    private static final List<String> BARE =
            List.of("javalin", "jetty", "kotlin", "servlet", "slf4j", "annotations", "classes");

    private static final double MAX_DIFFERENCE_MILLIS = 150;

    @Override
    public void measure(Benchmarks.Budget budget, Report report) throws Exception {
        Path jar = Path.of(System.getProperty("understudy.jar", "../simulator/target/understudy.jar"));
        if (!starts(jar)) {
            System.out.println(jar + " is not there or has no command line; cold start is skipped");
            return;
        }
        List<String> ours =
                List.of("-jar", jar.toString(), "start", "undermoon", "--port", "undermoon=0", "--control-port", "0");
        List<String> bare = List.of("-cp", bareClasspath(), BareJavalin.class.getName());
        Sample oursMillis = new Sample();
        Sample bareMillis = new Sample();
        for (int i = 0; i < budget.of(17, 4); i++) {
            // the first two of each fill the page cache
            time(ours, i < 2 ? new Sample() : oursMillis);
            time(bare, i < 2 ? new Sample() : bareMillis);
        }
        Report.Limit limit = new Report.Limit.Above(MAX_DIFFERENCE_MILLIS);
        String what = "a Javalin program with one route, from its jars, default flags as ours";
        report.comparison(
                        "Cold start",
                        "Whole processes, `java -jar understudy.jar start undermoon` and the baseline in turn, to the line READY.")
                .row("median", oursMillis.median(), "ms", bareMillis.median(), limit, what)
                .row("fastest", oursMillis.min(), "ms", bareMillis.min(), limit, what)
                .end();
    }

    private static boolean starts(Path jar) throws IOException {
        if (!Files.exists(jar)) {
            return false;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry("io/understudy/cli/Main.class") != null;
        }
    }

    private static void time(List<String> arguments, Sample millis) throws Exception {
        Child child = millis.time(() -> Child.start(arguments).ready());
        child.close();
    }

    private static String bareClasspath() {
        String separator = System.getProperty("path.separator");
        return Arrays.stream(System.getProperty("java.class.path").split(separator))
                .filter(entry -> BARE.stream()
                        .anyMatch(
                                part -> Path.of(entry).getFileName().toString().contains(part)))
                .collect(Collectors.joining(separator));
    }
}
