package io.understudy.reaper;

import io.understudy.http.Endpoint;
import io.understudy.reaper.ReaperConfiguration.Release;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A row of the index of spec reaper 1: what answers a method on a path, and what the framework checks before it does.
 *
 * @param operation the operation id
 * @param method the method
 * @param template the path
 * @param kind what serves it
 * @param access who may call it
 * @param releases in which releases it exists
 * @param documented whether the published document shows it although the newest release does not have it (†)
 * @param condition when it exists at all
 * @param consumes the media type that a body must have; {@code *}{@code /*} = any
 * @param produces the media type of its answers
 * @param parameters those that are converted before it is called
 * @param summary what it does
 * @param section where it is specified
 */
record ReaperEndpoint(
        String operation,
        String method,
        UriTemplate template,
        Kind kind,
        Access access,
        Set<Release> releases,
        boolean documented,
        Condition condition,
        String consumes,
        String produces,
        List<Parameter> parameters,
        String summary,
        String section) {
    /** What serves it. */
    enum Kind {
        /** Jersey, on the application port. */
        RESOURCE,
        /** A servlet of files, on the application port. */
        ASSET,
        /** A servlet on the admin port. */
        ADMIN
    }

    /** Who may call it when access control is enabled. */
    enum Access {
        /** Anybody. */
        OPEN,
        /** "R": the roles {@code user} and {@code operator}. */
        READ,
        /** "W": the role {@code operator}. */
        WRITE
    }

    /** When it exists at all. */
    enum Condition {
        ALWAYS,
        /** With access control (spec reaper 1.2.1). */
        ACCESS_CONTROL,
        /** Unless nodes are managed over HTTP (spec reaper 1.9). */
        DIAGNOSTIC_EVENTS
    }

    /** A parameter that is not a text, or not in all releases. */
    record Parameter(Source source, String name) {}

    /** Where a parameter stands and what it is converted to. */
    enum Source {
        PATH_UUID,
        QUERY_INT,
        /** A query parameter of any type that 2.x does not know, and so ignores (spec reaper 0.4). */
        QUERY_SINCE_3,
        HEADER_INT,
        /** A form parameter of any type: the body must be a form. */
        FORM,
        FORM_INT
    }

    ReaperEndpoint {
        parameters = List.copyOf(parameters);
    }

    // --- for the table ---

    static ReaperEndpoint read(String name, String path, String section, String summary) {
        return row("GET", name, path, section, summary, Access.READ);
    }

    static ReaperEndpoint write(String method, String name, String path, String section, String summary) {
        return row(method, name, path, section, summary, Access.WRITE);
    }

    static ReaperEndpoint open(String method, String name, String path, String section, String summary) {
        return row(method, name, path, section, summary, Access.OPEN);
    }

    private static ReaperEndpoint row(
            String method, String name, String path, String section, String summary, Access access) {
        UriTemplate template = UriTemplate.of(path.replace(":uuid}", "}"));
        List<Parameter> parameters = new ArrayList<>();
        for (String variable : template.variableNames()) {
            if (path.contains("{" + variable + ":uuid}")) {
                parameters.add(new Parameter(Source.PATH_UUID, variable));
            }
        }
        return new ReaperEndpoint(
                AppContext.SYSTEM + "." + name,
                method,
                template,
                Kind.RESOURCE,
                access,
                EnumSet.allOf(Release.class),
                false,
                Condition.ALWAYS,
                MediaRange.ANY,
                MediaRange.JSON,
                parameters,
                summary,
                section);
    }

    ReaperEndpoint servedBy(Kind other) {
        return new ReaperEndpoint(
                operation,
                method,
                template,
                other,
                access,
                releases,
                documented,
                condition,
                consumes,
                produces,
                parameters,
                summary,
                section);
    }

    ReaperEndpoint in(Release first, Release... more) {
        return existing(EnumSet.of(first, more), documented, condition);
    }

    /** † without a release that has it. */
    ReaperEndpoint onlyDocumented() {
        return existing(EnumSet.noneOf(Release.class), true, condition);
    }

    /** † besides the releases that have it. */
    ReaperEndpoint stillDocumented() {
        return existing(releases, true, condition);
    }

    ReaperEndpoint onlyWith(Condition other) {
        return existing(releases, documented, other);
    }

    private ReaperEndpoint existing(Set<Release> in, boolean byDocument, Condition when) {
        return new ReaperEndpoint(
                operation,
                method,
                template,
                kind,
                access,
                in,
                byDocument,
                when,
                consumes,
                produces,
                parameters,
                summary,
                section);
    }

    ReaperEndpoint consuming(String type) {
        return speaking(type, produces);
    }

    ReaperEndpoint producing(String type) {
        return speaking(consumes, type);
    }

    private ReaperEndpoint speaking(String consumed, String produced) {
        return new ReaperEndpoint(
                operation,
                method,
                template,
                kind,
                access,
                releases,
                documented,
                condition,
                consumed,
                produced,
                parameters,
                summary,
                section);
    }

    ReaperEndpoint queryInts(String... names) {
        return with(Source.QUERY_INT, names);
    }

    ReaperEndpoint with(Source source, String... names) {
        List<Parameter> more = new ArrayList<>(parameters);
        for (String name : names) {
            more.add(new Parameter(source, name));
        }
        return new ReaperEndpoint(
                operation,
                method,
                template,
                kind,
                access,
                releases,
                documented,
                condition,
                consumes,
                produces,
                more,
                summary,
                section);
    }

    // --- for those who read the table ---

    boolean isServed(ReaperWire wire) {
        boolean byDocument = documented && wire.release() == Release.V4 && !wire.strictRoutes();
        boolean possible = switch (condition) {
            case ALWAYS -> true;
            case ACCESS_CONTROL -> wire.accessControl().enabled();
            case DIAGNOSTIC_EVENTS -> !wire.httpManagement();
        };
        return possible && (releases.contains(wire.release()) || byDocument);
    }

    Endpoint asEndpoint() {
        return new Endpoint(operation, method, template.text(), summary, "spec reaper " + section);
    }
}
