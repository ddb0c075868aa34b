package io.understudy.reaper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places: <code>${name}</code> stands for what is known under the name; <code>${name=kind}</code> accepts any text of that
 * kind and makes it known; the name {@code _} makes nothing known. What is known more than once in a text must be the same each time.
 */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?:=([^}]*))?}");

    /** What a place of a kind accepts; {@code set:a,b} accepts the JSON array of these strings in any order. */
    static final Map<String, String> KINDS = Map.of(
            "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
            "uuid4", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
            "hostid", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "host", "[0-9A-Za-z.-]+",
            "id16", "[0-9a-f]{16}",
            "number", "-?\\d+\\.\\d+(?:E-?\\d+)?",
            "int", "-?\\d+",
            "jwt", "[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+",
            "b64", "[A-Za-z0-9_-]+",
            "any", "(?s:.*)");

    private final Map<String, String> known;

    /** @param known what is known already; grows */
    Template(Map<String, String> known) {
        this.known = known;
    }

    /** The text with everything known put in. */
    String fill(String text) {
        return PLACE.matcher(text).replaceAll(place -> {
            if (place.group(2) != null) {
                throw new IllegalStateException("nothing can be accepted in " + text);
            }
            return Matcher.quoteReplacement(value(place, text));
        });
    }

    /** Whether the whole actual text is as the template says. */
    boolean matches(String template, String actual) {
        return accept(template, actual, Matcher::matches);
    }

    boolean begins(String template, String actual) {
        return accept(template, actual, Matcher::lookingAt);
    }

    boolean isWithin(String template, String actual) {
        return accept(template, actual, Matcher::find);
    }

    private interface Trial {
        boolean of(Matcher matcher);
    }

    private boolean accept(String template, String actual, Trial trial) {
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex(template, names)).matcher(actual);
        if (!trial.of(matcher)) {
            return false;
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            found.put(names.get(i), matcher.group(i + 1));
        }
        known.putAll(found);
        return true;
    }

    private String regex(String template, List<String> names) {
        StringBuilder regex = new StringBuilder();
        Matcher places = PLACE.matcher(template);
        int end = 0;
        while (places.find()) {
            regex.append(Pattern.quote(template.substring(end, places.start())));
            end = places.end();
            String name = places.group(1);
            String kind = places.group(2);
            if (kind == null) {
                int again = names.indexOf(name);
                regex.append(again < 0 ? Pattern.quote(value(places.toMatchResult(), template)) : "\\" + (again + 1));
            } else if (name.equals("_")) {
                regex.append("(?:").append(kind(kind)).append(')');
            } else {
                names.add(name);
                regex.append('(').append(kind(kind)).append(')');
            }
        }
        return regex.append(Pattern.quote(template.substring(end))).toString();
    }

    private String value(MatchResult place, String text) {
        String value = known.get(place.group(1));
        if (value == null) {
            throw new IllegalStateException("nothing is known as " + place.group(1) + " in " + text);
        }
        return value;
    }

    private static String kind(String kind) {
        if (kind.startsWith("set:")) {
            List<String> alternatives = new ArrayList<>();
            permute(List.of(kind.substring(4).split(",")), List.of(), alternatives);
            return String.join("|", alternatives);
        }
        String regex = KINDS.get(kind);
        if (regex == null) {
            throw new IllegalStateException("there is no kind '" + kind + "' of places");
        }
        return regex;
    }

    private static void permute(List<String> left, List<String> chosen, List<String> alternatives) {
        if (left.isEmpty()) {
            alternatives.add(Pattern.quote("[\"" + String.join("\",\"", chosen) + "\"]"));
        }
        for (String next : left) {
            List<String> rest = new ArrayList<>(left);
            rest.remove(next);
            List<String> more = new ArrayList<>(chosen);
            more.add(next);
            permute(rest, more, alternatives);
        }
    }
}
