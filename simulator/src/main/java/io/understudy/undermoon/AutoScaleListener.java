package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;

/** Is told, inside a step of the world, what has become of a waiting {@code auto}. */
interface AutoScaleListener {
    /** Its wait has come to its end. */
    void autoScaleFinished(String ticket, Outcome<Done> outcome);

    /** It was lost with the broker's process: its client's connection ends. */
    void autoScaleLost(String ticket);
}
