package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.reaper.ReaperConfiguration.Release;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is asked, there is an answer. */
class WireProperties {
    private static final List<ReaperWire> WIRES = List.of(
            ReaperWire.DEFAULT,
            Wired.GUARDED,
            Wired.GUARDED.withRelease(Release.V3),
            ReaperWire.DEFAULT.withRelease(Release.V2));

    @Property(tries = 1000)
    void whateverIsAskedThereIsAnAnswer(
            @ForAll("lines") String line, @ForAll("fields") List<String> fields, @ForAll("bodies") String body) {
        for (ReaperWire wire : WIRES) {
            Reply reply = Wired.as(wire).send(line, Bytes.utf8(body), fields.toArray(String[]::new));

            assertThat(reply.status()).isBetween(200, 500);
            assertThat(reply.status()).as("nothing is unexpected in %s", line).isNotEqualTo(500);
            if (reply.status() == 204) {
                assertThat(reply.body().size()).isZero();
            }
        }
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> methods =
                Arbitraries.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");
        Arbitrary<String> segments = Arbitraries.oneOf(
                Arbitraries.of(ReaperEndpoints.ALL.stream()
                        .flatMap(row -> row.template().segments().stream())
                        .distinct()
                        .toList()),
                Arbitraries.strings().withCharRange('!', '~').excludeChars('?').ofMaxLength(6),
                Arbitraries.of("1-1-1-1-1", "", "..", "%zz", "%", "a;b", "é"));
        Arbitrary<String> queries = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().ascii().ofMaxLength(20).map(text -> "?limit=" + text));
        return Combinators.combine(methods, segments.list().ofMaxSize(5), queries)
                .as((method, path, query) -> method + " /" + String.join("/", path) + query);
    }

    @Provide
    Arbitrary<List<String>> fields() {
        Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(30);
        return Arbitraries.of(
                        "Accept",
                        "Content-Type",
                        "Authorization",
                        "Cookie",
                        "Origin",
                        "Accept-Encoding",
                        "Last-Event-ID")
                .flatMap(name -> values.map(value -> List.of(name, value)))
                .list()
                .ofMaxSize(4)
                .map(pairs -> pairs.stream().flatMap(List::stream).toList());
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.strings().ascii().ofMaxLength(40);
    }
}
