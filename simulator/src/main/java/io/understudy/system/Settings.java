package io.understudy.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a system is set in a world: its profile, its preset, and a value for every knob. Immutable.
 *
 * <p>A knob's value is what it was set to, or else what the preset says, or else what the profile says, or else its default, in
 * whichever order they were given.
 */
public final class Settings {
    /** The preset of nothing at all. */
    public static final String EMPTY_PRESET = "empty";

    private static final String STARS = "***";

    private final SystemDefinition system;
    private final Profile profile;
    private final String preset;
    private final Map<String, String> presetKnobs;
    private final Map<String, String> set;

    private Settings(SystemDefinition system, Profile profile, String preset, Map<String, String> set) {
        this.system = system;
        this.profile = profile;
        this.preset = preset;
        this.presetKnobs = system.presetKnobs(preset);
        this.set = set;
    }

    /** The defaults of a system: its first profile, and the empty preset. */
    public static Settings of(SystemDefinition system) {
        return new Settings(system, system.profiles().get(0), EMPTY_PRESET, Map.of());
    }

    /**
     * The same under another profile.
     *
     * @throws IllegalArgumentException if the system has no such profile
     */
    public Settings profile(String name) {
        Profile found = system.profiles().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(system.name() + " has no profile '" + name
                        + "'; it has "
                        + String.join(
                                ", ",
                                system.profiles().stream().map(Profile::name).toList())));
        return new Settings(system, found, preset, set);
    }

    /**
     * The same with another preset.
     *
     * @throws IllegalArgumentException if the system does not know it
     */
    public Settings preset(String text) {
        system.checkPreset(text);
        return new Settings(system, profile, text, set);
    }

    /**
     * The same with a knob set.
     *
     * @throws IllegalArgumentException if the system has no such knob, or the value is none for it
     */
    public Settings set(String knob, String value) {
        Knob<?> found = knob(knob);
        try {
            Objects.requireNonNull(found.parser().apply(value));
        } catch (IllegalArgumentException e) {
            String what = system.name() + "." + knob + " is " + found.kind() + "; ";
            throw found.isSecret()
                    ? new IllegalArgumentException(what + e.getMessage())
                    : new IllegalArgumentException(what + "'" + value + "' is not", e);
        }
        Map<String, String> more = new TreeMap<>(set);
        more.put(knob, value);
        return new Settings(system, profile, preset, more);
    }

    /**
     * The same with a quirk switched.
     *
     * @throws IllegalArgumentException if the system has no quirk of that id
     */
    public Settings quirk(String id, boolean on) {
        Quirk quirk = system.quirks().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(system.name() + " has no quirk '" + id + "'; it has "
                        + String.join(
                                ", ", system.quirks().stream().map(Quirk::id).toList())));
        return set(quirk.knob(), on ? quirk.on() : quirk.off());
    }

    /** The profile. */
    public Profile profile() {
        return profile;
    }

    /** The preset. */
    public String preset() {
        return preset;
    }

    /** The value of a knob. */
    public <T> T get(Knob<T> knob) {
        return knob.parser().apply(text(knob));
    }

    /** Every knob with its value as text, in the system's order; of a secret that was set there are only stars. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Knob<?> knob : system.knobs()) {
            String text = text(knob);
            values.put(knob.name(), knob.isSecret() && !text.equals(knob.defaultText()) ? STARS : text);
        }
        return values;
    }

    private String text(Knob<?> knob) {
        String value = set.get(knob.name());
        if (value == null) {
            value = presetKnobs.get(knob.name());
        }
        if (value == null) {
            value = profile.knobs().get(knob.name());
        }
        return value == null ? knob.defaultText() : value;
    }

    private Knob<?> knob(String name) {
        List<Knob<?>> knobs = system.knobs();
        return knobs.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(system.name() + " has no knob '" + name + "'; it has "
                        + String.join(", ", knobs.stream().map(Knob::name).toList())));
    }
}
