package io.understudy.scenarios;

import io.understudy.World;
import io.understudy.json.Json;
import java.util.List;

/**
 * What can be told of a world after a history.
 *
 * @param answers what was answered, byte for byte
 * @param journal what the journal has of it
 * @param snapshot the world
 */
record Told(List<String> answers, String journal, String snapshot) {
    static Told of(World world, List<String> answers) {
        return new Told(answers, journalOf(world), world.snapshotJson());
    }

    static String journalOf(World world) {
        return Json.write(world.journal().entries());
    }
}
