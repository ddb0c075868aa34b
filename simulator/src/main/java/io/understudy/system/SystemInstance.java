package io.understudy.system;

import io.understudy.fault.FaultTarget;
import io.understudy.http.Api;
import io.understudy.world.Part;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One emulated system in one world. */
public interface SystemInstance {
    /** The handle for users. */
    Simulator simulator();

    /** Its state and events. */
    Part<?> part();

    /** What answers on that node. */
    Api api(String node);

    /** Its errors and domain faults. */
    FaultTarget faultTarget();

    /**
     * Does one of the definition's {@link SystemDefinition#actions()}, in a step of the world.
     *
     * @param arguments by parameter name; the caller has checked that they are known and that none is missing
     * @return a value that can be written as JSON, or null if there is nothing to tell
     * @throws IllegalArgumentException saying what is wrong with which argument
     */
    @Nullable
    Object perform(String action, Map<String, String> arguments);
}
