package io.understudy.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.understudy.fault.DomainFaultType;
import io.understudy.http.Endpoint;
import io.understudy.system.Action;
import io.understudy.system.Knob;
import io.understudy.system.NodeSpec;
import io.understudy.system.PresetType;
import io.understudy.system.Profile;
import io.understudy.system.Quirk;
import io.understudy.system.Settings;
import io.understudy.system.SystemDefinition;
import java.util.List;

/**
 * All that is known about a system before there is a world, as a value that is written as JSON by {@code understudy systems} and
 * {@code GET /systems/{system}}.
 *
 * @param system its name
 * @param title what it is
 * @param nodes its nodes and their default ports under the default settings
 * @param profiles its profiles, the default one first
 * @param presets the presets it knows
 * @param standalonePreset the preset of a standalone server that was not told another
 * @param knobs what can be set
 * @param quirks the deviations that can be switched alone
 * @param actions its domain controls
 * @param faults its domain faults
 * @param operations its operations
 */
public record SystemDescription(
        String system,
        String title,
        List<NodeSpec> nodes,
        List<Profile> profiles,
        List<PresetType> presets,
        String standalonePreset,
        List<KnobDescription> knobs,
        List<Quirk> quirks,
        List<Action> actions,
        List<DomainFaultType> faults,
        List<Endpoint> operations) {
    /**
     * A knob.
     *
     * @param name its name within the system
     * @param kind what its values look like
     * @param byDefault its default; a profile may have another
     * @param summary what it does
     */
    public record KnobDescription(
            String name,
            String kind,
            @JsonProperty("default") String byDefault,
            String summary) {
        static KnobDescription of(Knob<?> knob) {
            return new KnobDescription(knob.name(), knob.kind(), knob.defaultText(), knob.summary());
        }
    }

    /** The description of a system. */
    public static SystemDescription of(SystemDefinition system) {
        return new SystemDescription(
                system.name(),
                system.title(),
                system.nodes(Settings.of(system)),
                system.profiles(),
                system.presets(),
                system.standalonePreset(),
                system.knobs().stream().map(KnobDescription::of).toList(),
                system.quirks(),
                system.actions(),
                system.domainFaults(),
                system.endpoints());
    }
}
