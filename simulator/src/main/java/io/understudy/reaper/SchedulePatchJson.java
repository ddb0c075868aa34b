package io.understudy.reaper;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /repair_schedule/{id}} as upstream's own mapper reads it: Jackson's, with the settings of Dropwizard
 * (unknown members are ignored) and its usual leniency (the text {@code "5"} passes for a number).
 */
record SchedulePatchJson(
        @Nullable String owner,
        @JsonProperty("repair_parallelism") @Nullable String repairParallelism,
        @Nullable Double intensity,
        @JsonProperty("scheduled_days_between") @Nullable Integer daysBetween,
        @JsonProperty("segment_count_per_node") @Nullable Integer segmentCountPerNode,

        @JsonProperty("percent_unrepaired_threshold") @Nullable
        Integer percentUnrepairedThreshold,

        @Nullable Boolean adaptive) {
    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(SchedulePatchJson.class);

    /**
     * Reads a body.
     *
     * @return empty if there is none, or it is {@code null}
     * @throws WebError 400 if it is not JSON, or a member is of the wrong type
     */
    static Optional<SchedulePatch> read(String body) {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(READER.<@Nullable SchedulePatchJson>readValue(body))
                    .map(SchedulePatchJson::patch);
        } catch (JsonProcessingException e) {
            throw WebError.unreadableJson();
        }
    }

    private SchedulePatch patch() {
        return new SchedulePatch(
                owner,
                repairParallelism == null ? null : fuzzy(repairParallelism),
                intensity,
                daysBetween,
                segmentCountPerNode,
                percentUnrepairedThreshold,
                adaptive);
    }

    /** Dropwizard's {@code FuzzyEnumModule}: {@code -}, {@code .} and blanks stand for {@code _}. */
    private static RepairParallelism fuzzy(String text) {
        return RepairParallelism.named(text.strip().replaceAll("[-. ]", "_")).orElseThrow(WebError::unreadableJson);
    }
}
