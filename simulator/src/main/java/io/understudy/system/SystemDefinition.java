package io.understudy.system;

import io.understudy.fault.DomainFaultType;
import io.understudy.http.Endpoint;
import java.util.List;
import java.util.Map;

/** An emulated system: everything that is known about it before there is a world. Immutable. */
public interface SystemDefinition {
    /** Its name on the command line and everywhere, such as {@code undermoon}. */
    String name();

    /** What it is, for people. */
    String title();

    /** The class of its {@link Simulator}. */
    Class<? extends Simulator> simulatorType();

    /** Its nodes under those settings, in the order in which they are listed. */
    List<NodeSpec> nodes(Settings settings);

    /** Its profiles, the default one first. */
    List<Profile> profiles();

    /** What can be set. */
    List<Knob<?>> knobs();

    /** The deviations that can be switched alone. */
    List<Quirk> quirks();

    /** The presets it knows. */
    List<PresetType> presets();

    /** The preset of a standalone server that was not told another. */
    String standalonePreset();

    /**
     * Checks a preset's text.
     *
     * @throws IllegalArgumentException saying what is wrong with it and what would be right
     */
    void checkPreset(String text);

    /**
     * For each knob that has another default under that preset, that default as text: a world that is made for a certain client
     * may need more than an initial state. It counts more than the profile's.
     *
     * @param text a preset that {@link #checkPreset} lets pass
     */
    default Map<String, String> presetKnobs(String text) {
        return Map.of();
    }

    /** Its operations. */
    List<Endpoint> endpoints();

    /** Its domain faults. */
    List<DomainFaultType> domainFaults();

    /** Its domain controls. */
    List<Action> actions();

    /** Puts it into a world. */
    SystemInstance install(Surroundings surroundings);
}
