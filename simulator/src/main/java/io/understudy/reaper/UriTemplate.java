package io.understudy.reaper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A path template as JAX-RS writes it: {@code /repair_run/{id}/segments}.
 *
 * @param text the template
 * @param segments what stands between its slashes
 */
record UriTemplate(String text, List<String> segments) {
    /**
     * The more literal characters the earlier it is tried, then the more variables: {@code UriTemplate.COMPARATOR} of Jersey 3.1, the
     * rule of JAX-RS 3.7.2. So {@code /cluster/{cluster_name}/tables} is asked before {@code /cluster/auth/{cluster_name}}.
     */
    static final Comparator<UriTemplate> ORDER = Comparator.comparingInt(UriTemplate::literals)
            .reversed()
            .thenComparing(Comparator.comparingInt(UriTemplate::variables).reversed())
            .thenComparing(UriTemplate::shape);

    static UriTemplate of(String text) {
        return new UriTemplate(text, List.of(text.substring(1).split("/")));
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private int variables() {
        return (int) segments.stream().filter(UriTemplate::isVariable).count();
    }

    private int literals() {
        return shape().replace("{}", "").length();
    }

    /** Without the names of the variables: templates of the same shape are one resource. */
    String shape() {
        return text.replaceAll("\\{[^}]*}", "{}");
    }

    /**
     * The segments of a raw path, matrix parameters cut off as {@code SingleMatchResult} of Jersey does; a slash at the end is allowed
     * (spec reaper 0.5).
     */
    static List<String> segments(String path) {
        String plain = path.indexOf(';') < 0 ? path : path.replaceAll(";[^/]*", "");
        if (plain.length() > 1 && plain.endsWith("/")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return Arrays.asList(plain.substring(plain.startsWith("/") ? 1 : 0).split("/", -1));
    }

    /** Literals are compared as they were sent, percent-encoding included; a variable is any text that is not empty. */
    boolean matches(List<String> actual) {
        if (actual.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < actual.size(); i++) {
            String wanted = segments.get(i);
            if (isVariable(wanted) ? actual.get(i).isEmpty() : !wanted.equals(actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The values of the variables, decoded; only for a path that matches. */
    Map<String, String> parameters(List<String> actual) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isVariable(segment)) {
                parameters.put(segment.substring(1, segment.length() - 1), PercentText.decodePath(actual.get(i)));
            }
        }
        return parameters;
    }

    /** Names of the variables, in order. */
    List<String> variableNames() {
        List<String> names = new ArrayList<>();
        for (String segment : segments) {
            if (isVariable(segment)) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return names;
    }
}
