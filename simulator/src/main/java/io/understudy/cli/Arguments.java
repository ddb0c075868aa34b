package io.understudy.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the arguments of {@code start}. */
final class Arguments {
    private Arguments() {}

    /**
     * Reads arguments that are written plainly ({@code --option value}, {@code --option=value}, words), which is how nearly
     * all are. Everything else (help, mistakes, quotes) is left to picocli, whose loading alone would take half the time of a
     * start.
     *
     * @return empty if there is anything that picocli has to look at
     */
    static Optional<List<Given>> plain(List<String> arguments) {
        List<Given> given = new ArrayList<>();
        Set<Flag> seen = EnumSet.noneOf(Flag.class);
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (isWord(argument)) {
                given.add(system(argument));
                continue;
            }
            int equals = argument.indexOf('=');
            Flag flag = Flag.of(equals < 0 ? argument : argument.substring(0, equals));
            if (flag == null || (!seen.add(flag) && !flag.repeatable()) || (equals < 0 && i + 1 == arguments.size())) {
                return Optional.empty();
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            if (!isWord(value)) {
                return Optional.empty();
            }
            given.add(new Given(flag, value, flag.option()));
        }
        return Optional.of(given);
    }

    static Given system(String name) {
        return new Given(null, name, "start");
    }

    /** A text that means itself to picocli, too. */
    private static boolean isWord(String text) {
        return !text.isEmpty() && "-@\"'".indexOf(text.charAt(0)) < 0;
    }
}
