package io.understudy.junit;

import io.understudy.WorldBuilder;
import io.understudy.world.ClockMode;
import java.util.function.BiConsumer;

/** Reads {@link Understudy} as the description of a world. */
final class AnnotatedWorld {
    private AnnotatedWorld() {}

    /**
     * The world of that annotation.
     *
     * @throws IllegalArgumentException saying what is wrong with it and what would be right
     */
    static WorldBuilder of(Understudy annotation) {
        WorldBuilder world =
                io.understudy.Understudy.world().seed(annotation.seed()).clock(ClockMode.parse(annotation.clock()));
        for (String system : annotation.systems()) {
            world.system(system);
        }
        each("profile", "SYSTEM=PROFILE", annotation.profile(), world::profile);
        each("preset", "SYSTEM=PRESET", annotation.preset(), world::preset);
        each("set", "SYSTEM.KNOB=VALUE", annotation.set(), world::set);
        each("quirk", "SYSTEM.QUIRK=on or =off", annotation.quirk(), (id, value) -> world.quirk(id, isOn(id, value)));
        return world;
    }

    private static void each(String element, String form, String[] settings, BiConsumer<String, String> setter) {
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(element + " = \"" + setting + "\" is not of the form " + form);
            }
            setter.accept(setting.substring(0, equals), setting.substring(equals + 1));
        }
    }

    private static boolean isOn(String quirk, String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default ->
                throw new IllegalArgumentException(
                        "the quirk " + quirk + " is switched on or off; '" + value + "' is neither");
        };
    }
}
