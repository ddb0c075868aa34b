package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/**
 * Every numbered pitfall of a spec has a test that names it. The numbers are {@code pitfalls/<system>.txt}, the tests say
 * {@link Covers}; {@code target/pitfalls.md} shows which test holds which.
 */
class PitfallCoverageTest {

    /** "undermoon P17" to what it is about, in the order of the files. */
    private static final Map<String, String> pitfalls = new LinkedHashMap<>();

    /** "undermoon P17" to the tests that say they cover it. */
    private static final Map<String, Set<String>> coverage = new TreeMap<>();

    @BeforeAll
    static void readPitfallsAndTests() throws IOException, URISyntaxException {
        Path testClasses = Path.of(PitfallCoverageTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(testClasses.resolve("pitfalls"))) {
            for (Path file : files.sorted().toList()) {
                readPitfalls(file);
            }
        }
        JavaClasses tests = new ClassFileImporter().importPath(testClasses);
        for (JavaClass test : tests) {
            List<JavaMethod> run = test.getMethods().stream()
                    .filter(PitfallCoverageTest::isRun)
                    .toList();
            if (!run.isEmpty()) {
                test.tryGetAnnotationOfType(Covers.class).ifPresent(covers -> cover(covers, test.getSimpleName()));
            }
            for (JavaMethod method : run) {
                method.tryGetAnnotationOfType(Covers.class)
                        .ifPresent(covers -> cover(covers, test.getSimpleName() + "." + method.getName()));
            }
        }
        writeTable(testClasses.resolveSibling("pitfalls.md"));
    }

    @Test
    void everyPitfallHasATest() {
        List<String> uncovered = pitfalls.entrySet().stream()
                .filter(pitfall -> !coverage.containsKey(pitfall.getKey()))
                .map(pitfall -> pitfall.getKey() + " " + pitfall.getValue())
                .toList();
        assertThat(uncovered).as("pitfalls without a test marked @Covers").isEmpty();
    }

    @Test
    void everyCoveredNumberExists() {
        Map<String, Set<String>> unknown = new TreeMap<>(coverage);
        unknown.keySet().removeAll(pitfalls.keySet());
        unknown.keySet().removeIf(mark -> !mark.matches(".* P\\d+")); // paragraphs of a spec are not numbered here
        assertThat(unknown)
                .as("numbers in @Covers which no file of pitfalls lists")
                .isEmpty();
    }

    private static void readPitfalls(Path file) throws IOException {
        String system = file.getFileName().toString().replaceFirst("\\.txt$", "");
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] numberAndText = line.split(" ", 2);
            String before = pitfalls.put(system + " " + numberAndText[0], numberAndText[1]);
            assertThat(before)
                    .as("%s lists %s twice", file.getFileName(), numberAndText[0])
                    .isNull();
        }
    }

    /** A mark on something that JUnit does not run covers nothing. */
    private static boolean isRun(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class)
                && !method.isAnnotatedWith(Disabled.class)
                && !method.getOwner().isAnnotatedWith(Disabled.class);
    }

    private static void cover(Covers covers, String test) {
        for (String pitfall : covers.value()) {
            coverage.computeIfAbsent(pitfall, none -> new TreeSet<>()).add(test);
        }
    }

    private static void writeTable(Path target) throws IOException {
        List<String> lines = new ArrayList<>(List.of("| pitfall | about | tests |", "|---|---|---|"));
        pitfalls.forEach((pitfall, about) -> lines.add("| %s | %s | %s |"
                .formatted(pitfall, about, String.join("<br>", coverage.getOrDefault(pitfall, Set.of())))));
        Files.write(target, lines);
    }
}
