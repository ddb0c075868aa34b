package io.understudy.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** One thing that the journal recorded. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Entry permits Exchange, Happening {
    /** Its place among all entries of the world, from 1; never used twice, not even after entries were dropped. */
    long sequence();

    /** The virtual instant at which the world took it up. */
    Instant at();

    /** The system it belongs to. */
    String system();
}
