package io.understudy.cli;

import io.understudy.control.Catalogue;
import io.understudy.control.SystemDescription;
import io.understudy.fault.DomainFaultType;
import io.understudy.fault.Fault;
import io.understudy.json.Json;
import io.understudy.system.Action;
import io.understudy.system.Profile;
import io.understudy.system.SystemDefinition;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code systems}, {@code operations} and {@code faults}: what there is, as tables or as JSON. */
final class Listings {
    private final Catalogue catalogue;
    private final PrintStream out;
    private final boolean json;

    Listings(Catalogue catalogue, PrintStream out, boolean json) {
        this.catalogue = catalogue;
        this.out = out;
        this.json = json;
    }

    void systems(List<String> names) {
        List<SystemDescription> chosen = (names.isEmpty()
                        ? catalogue.systems().stream()
                        : names.stream().map(this::system))
                .map(SystemDescription::of)
                .toList();
        if (json) {
            out.println(Json.writePretty(chosen));
        } else if (names.isEmpty()) {
            out.print(overview(chosen));
        } else {
            chosen.forEach(system -> out.print(details(system)));
        }
    }

    private static String overview(List<SystemDescription> systems) {
        Table table = new Table().row("SYSTEM", "NODES (PORT)", "PROFILES", "STANDALONE PRESET", "WHAT IT IS");
        for (SystemDescription system : systems) {
            table.row(
                    system.system(),
                    nodes(system),
                    system.profiles().stream().map(Profile::name).collect(Collectors.joining(", ")),
                    system.standalonePreset(),
                    system.title());
        }
        return table.text("");
    }

    private static String nodes(SystemDescription system) {
        return system.nodes().stream()
                .map(node -> node.name() + " (" + node.defaultPort() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String details(SystemDescription system) {
        Table profiles = new Table();
        system.profiles().forEach(profile -> profiles.row(profile.name(), profile.summary()));
        Table presets = new Table();
        system.presets().forEach(preset -> presets.row(preset.form(), preset.summary()));
        Table knobs = new Table();
        system.knobs()
                .forEach(knob -> knobs.row(
                        system.system() + "." + knob.name(),
                        knob.byDefault(),
                        knob.summary() + " (" + knob.kind() + ")"));
        Table quirks = new Table();
        system.quirks().forEach(quirk -> quirks.row(quirk.id(), quirk.summary()));
        Table actions = new Table();
        system.actions().forEach(action -> actions.row(form(action), action.summary()));
        return system.system() + ": " + system.title() + "\nnodes: " + nodes(system) + "\n"
                + section("profiles, the default one first", profiles)
                + section("presets, standalone default " + system.standalonePreset(), presets)
                + section("knobs and their defaults", knobs)
                + section("quirks", quirks)
                + section("actions", actions);
    }

    private static String section(String title, Table table) {
        return table.isEmpty() ? "" : "\n" + title + ":\n" + table.text("  ");
    }

    private static String form(Action action) {
        return action.name() + "("
                + action.parameters().stream()
                        .map(parameter -> parameter.required() ? parameter.name() : "[" + parameter.name() + "]")
                        .collect(Collectors.joining(", "))
                + ")";
    }

    void operations(String name) {
        SystemDefinition system = system(name);
        if (json) {
            out.println(Json.writePretty(system.endpoints()));
            return;
        }
        Table table = new Table().row("OPERATION", "METHOD", "PATH", "WHAT IT DOES", "SOURCE");
        system.endpoints()
                .forEach(endpoint -> table.row(
                        endpoint.operation(),
                        endpoint.method(),
                        endpoint.path(),
                        endpoint.summary(),
                        endpoint.source()));
        out.print(table.text(""));
    }

    void faults(String name) {
        SystemDefinition system = system(name);
        if (json) {
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("domain", system.domainFaults());
            both.put("wire", wireFaults());
            out.println(Json.writePretty(both));
            return;
        }
        Table domain = new Table();
        for (DomainFaultType fault : system.domainFaults()) {
            domain.row(fault.name(), parameters(fault), fault.summary());
        }
        Table wire = new Table();
        for (WireFault fault : wireFaults()) {
            wire.row(fault.type(), String.join(", ", fault.parameters()));
        }
        out.print(section("of " + name + ", in its own words", domain).stripLeading()
                + section("of every system, by type and parameters", wire));
    }

    /** A fault that any system's requests and replies can suffer. */
    private record WireFault(String type, List<String> parameters) {}

    private static List<WireFault> wireFaults() {
        return Arrays.stream(Fault.class.getPermittedSubclasses())
                .map(type -> new WireFault(
                        Json.alternative(type),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList()))
                .toList();
    }

    private static String parameters(DomainFaultType fault) {
        return fault.parameters().stream()
                .map(parameter -> parameter.required() ? parameter.name() : "[" + parameter.name() + "]")
                .collect(Collectors.joining(", "));
    }

    private SystemDefinition system(String name) {
        try {
            return catalogue.system(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
