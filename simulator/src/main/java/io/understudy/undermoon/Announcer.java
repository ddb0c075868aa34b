package io.understudy.undermoon;

import io.understudy.undermoon.Outcome.Done;
import io.understudy.world.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells the world what happened, in Undermoon's words. */
final class Announcer {
    private static final String ADDRESS = "address";
    private static final String ERROR = "error";
    private static final String GLOBAL_EPOCH = "globalEpoch";

    private final Kernel kernel;
    private long announcedEpoch;

    Announcer(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The epoch was known before anybody listened. */
    void epochIsKnown(long epoch) {
        announcedEpoch = epoch;
    }

    void epoch(long epoch) {
        if (epoch != announcedEpoch) {
            announcedEpoch = epoch;
            emit("epochChanged", Map.of(GLOBAL_EPOCH, Epoch.text(epoch)));
        }
    }

    void restarted(Broker broker, boolean recovered) {
        emit("brokerRestarted", GLOBAL_EPOCH, Epoch.text(broker.globalEpoch()), "recovered", recovered);
    }

    void metaFile(Broker broker, Outcome<Done> outcome) {
        reported(outcome, "metaFileWritten", "metaFileWriteFailed", GLOBAL_EPOCH, Epoch.text(broker.globalEpoch()));
    }

    void refreshed(Broker broker, Outcome<Done> outcome) {
        reported(outcome, "cacheRefreshed", "cacheRefreshFailed", GLOBAL_EPOCH, Epoch.text(broker.globalEpoch()));
    }

    void writtenByAnother(ExternalStore store) {
        emit(
                "externalWritten",
                "version",
                store.version(),
                GLOBAL_EPOCH,
                Epoch.text(store.store().globalEpoch()));
    }

    void pushed(Broker broker) {
        emit(
                "metadataPushed",
                "replicaAddresses",
                broker.replicaAddresses(),
                GLOBAL_EPOCH,
                Epoch.text(broker.globalEpoch()));
    }

    void deed(Autopilot.Deed deed) {
        if (deed instanceof Autopilot.Deed.Reported reported) {
            emit("failureReported", Map.of(ADDRESS, reported.address()));
        } else if (deed instanceof Autopilot.Deed.Committed committed) {
            committed(committed.task());
        } else if (deed instanceof Autopilot.Deed.FailedOver failover) {
            failedOver(failover);
        }
    }

    void committed(MigrationTask task) {
        emit(
                "migrationCommitted",
                "cluster",
                task.clusterName(),
                "slots",
                task.slotRange().rangeList().toString());
    }

    private void failedOver(Autopilot.Deed.FailedOver failover) {
        if (failover.outcome() instanceof Outcome.Refused<Optional<ProxyView>> refused) {
            emit(
                    "proxyFailedOver",
                    ADDRESS,
                    failover.address(),
                    ERROR,
                    refused.rejection().code().name());
        } else if (failover.outcome() instanceof Outcome.Accepted<Optional<ProxyView>> accepted) {
            Map<String, Object> details = new LinkedHashMap<>(Map.of(ADDRESS, failover.address()));
            accepted.value().ifPresent(view -> details.put("replacement", view.address()));
            emit("proxyFailedOver", details);
        }
    }

    private void reported(Outcome<Done> outcome, String done, String failed, String fact, Object value) {
        if (outcome instanceof Outcome.Refused<Done> refused) {
            emit(failed, fact, value, ERROR, refused.rejection().code().name());
        } else {
            emit(done, Map.of(fact, value));
        }
    }

    private void emit(String type, String fact, Object value, String fact2, Object value2) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(fact, value);
        details.put(fact2, value2);
        emit(type, details);
    }

    private void emit(String type, Map<String, Object> details) {
        kernel.emit(UndermoonFaults.SYSTEM, type, details);
    }
}
