package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Opens the executable jar as built: it may stand on anybody's classpath, so nothing in it may collide with another
 * library, and what was moved must still find its own.
 */
class StandaloneJarIT {

    private static final String SHADED = "io.understudy.shaded.";

    /** Where a file that is not a class may lie; a class lies in io/understudy only. */
    private static final List<String> META_INF = List.of(
            "META-INF/MANIFEST.MF",
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/FastDoubleParser-LICENSE",
            "META-INF/FastDoubleParser-ThirdParty-LICENSE",
            "META-INF/Schubfach-LICENSE",
            "META-INF/licenses/",
            "META-INF/maven/",
            "META-INF/services/io.understudy.",
            "META-INF/understudy/");

    private static final String VERSIONED = "META-INF/versions/\\d+/";

    private static JarFile jar;

    @BeforeAll
    static void openTheJar() throws IOException {
        jar = new JarFile(jarPath().toFile());
    }

    @AfterAll
    static void closeTheJar() throws IOException {
        jar.close();
    }

    @Test
    void everyClassLiesUnderIoUnderstudy() {
        assertThat(files())
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.replaceFirst(VERSIONED, "").startsWith("io/understudy/"))
                .noneMatch(name -> name.endsWith("module-info.class"));
    }

    @Test
    void everyOtherFileLiesWhereItMeetsNobody() {
        assertThat(files())
                .filteredOn(name -> !name.startsWith("io/understudy/") && !name.matches(VERSIONED + ".*"))
                .allMatch(name -> META_INF.stream().anyMatch(name::startsWith));
    }

    @Test
    void theManifestNamesTheCommandLineAndNewerReleases() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.understudy.cli.Main");
        assertThat(files()).contains("io/understudy/cli/Main.class");
        assertThat(manifest.getValue(Attributes.Name.MULTI_RELEASE)).isEqualTo("true");
    }

    @Test
    void licencesAndNoticesTravelWithTheCode() {
        assertThat(files())
                .contains(
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/licenses/EPL-2.0.md",
                        "META-INF/licenses/re2j-BSD-3-Clause.txt",
                        "META-INF/licenses/slf4j-MIT.txt");
    }

    @Test
    void everyServiceFileNamesClassesOfThisJar() throws IOException {
        List<String> services = files().stream()
                .filter(name -> name.startsWith("META-INF/services/"))
                .toList();
        assertThat(services).isNotEmpty();
        for (String service : services) {
            assertThat(linesOf(service))
                    .as(service)
                    .isNotEmpty()
                    .allMatch(provider -> jar.getEntry(provider.replace('.', '/') + ".class") != null);
        }
    }

    @Test
    void nothingIsDeflatedSoThatAStartNeedNotInflate() {
        assertThat(jar.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
    }

    @Test
    void theMovedHttpServerAnswers() throws Exception {
        inTheJarAlone(loader -> {
            Class<?> javalin = loader.loadClass(SHADED + "javalin.Javalin");
            Object server = javalin.getMethod("create").invoke(null);
            javalin.getMethod("start", String.class, int.class).invoke(server, "127.0.0.1", 0);
            try {
                int port = (int) javalin.getMethod("port").invoke(server);
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/nowhere"))
                        .build();
                HttpResponse<String> response =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(404);
            } finally {
                javalin.getMethod("stop").invoke(server);
            }
        });
    }

    @Test
    void theMovedJsonAndYamlAgree() throws Exception {
        inTheJarAlone(loader -> {
            Class<?> mapper = loader.loadClass(SHADED + "jackson.databind.ObjectMapper");
            Class<?> factory = loader.loadClass(SHADED + "jackson.core.JsonFactory");
            Object json = mapper.getConstructor().newInstance();
            Object yaml = mapper.getConstructor(factory)
                    .newInstance(loader.loadClass(SHADED + "jackson.dataformat.yaml.YAMLFactory")
                            .getConstructor()
                            .newInstance());
            Object read =
                    mapper.getMethod("readValue", String.class, Class.class).invoke(yaml, "epoch: 3\n", Map.class);
            assertThat(mapper.getMethod("writeValueAsString", Object.class).invoke(json, read))
                    .isEqualTo("{\"epoch\":3}");
        });
    }

    private interface Check {
        void accept(ClassLoader loader) throws Exception;
    }

    /** The jar sees the JDK and itself, as under {@code java -jar}. */
    private static void inTheJarAlone(Check check) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL url = jarPath().toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            check.accept(loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Path jarPath() {
        return Path.of(System.getProperty("understudy.standalone.jar"));
    }

    private static List<String> files() {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .toList();
    }

    private static List<String> linesOf(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
