package io.understudy.reaper;

import io.understudy.reaper.ReaperConfiguration.DatacenterAvailability;
import io.understudy.reaper.ReaperConfiguration.Release;

/**
 * What concerns nothing but the wire (spec reaper 8.2).
 *
 * @param release the release line whose routes and authentication are served; default 4.x
 * @param strictRoutes whether the documented routes that the release no longer has are gone; default false
 * @param storageFlavour the storage backend; default cassandra
 * @param httpManagement whether nodes are managed over HTTP, which has no diagnostic events; default false
 * @param datacenterAvailability which nodes Reaper reaches; default ALL
 * @param enableCrossOrigin whether pages of other origins may ask; default true
 * @param accessControl who may do what; default off
 * @param cryptograph how texts are encrypted; default not at all
 */
record ReaperWire(
        Release release,
        boolean strictRoutes,
        StorageFlavour storageFlavour,
        boolean httpManagement,
        DatacenterAvailability datacenterAvailability,
        boolean enableCrossOrigin,
        AccessControl accessControl,
        Cryptograph cryptograph) {
    static final ReaperWire DEFAULT = new ReaperWire(
            Release.V4,
            false,
            StorageFlavour.CASSANDRA,
            false,
            DatacenterAvailability.ALL,
            true,
            AccessControl.OFF,
            Cryptograph.NONE);

    /** The wire side of a configuration. */
    static ReaperWire of(
            ReaperConfiguration from, boolean crossOrigin, AccessControl accessControl, Cryptograph cryptograph) {
        return new ReaperWire(
                from.release(),
                from.strictRoutes(),
                from.storageFlavour(),
                from.httpManagement(),
                from.datacenterAvailability(),
                crossOrigin,
                accessControl,
                cryptograph);
    }

    ReaperWire withRelease(Release other) {
        return new ReaperWire(
                other,
                strictRoutes,
                storageFlavour,
                httpManagement,
                datacenterAvailability,
                enableCrossOrigin,
                accessControl,
                cryptograph);
    }

    ReaperWire withStrictRoutes(boolean strict) {
        return new ReaperWire(
                release,
                strict,
                storageFlavour,
                httpManagement,
                datacenterAvailability,
                enableCrossOrigin,
                accessControl,
                cryptograph);
    }

    ReaperWire withHttpManagement(boolean http) {
        return new ReaperWire(
                release,
                strictRoutes,
                storageFlavour,
                http,
                datacenterAvailability,
                enableCrossOrigin,
                accessControl,
                cryptograph);
    }

    ReaperWire withCrossOrigin(boolean enabled) {
        return new ReaperWire(
                release,
                strictRoutes,
                storageFlavour,
                httpManagement,
                datacenterAvailability,
                enabled,
                accessControl,
                cryptograph);
    }

    ReaperWire withAccessControl(AccessControl control) {
        return new ReaperWire(
                release,
                strictRoutes,
                storageFlavour,
                httpManagement,
                datacenterAvailability,
                enableCrossOrigin,
                control,
                cryptograph);
    }

    ReaperWire withCryptograph(Cryptograph other) {
        return new ReaperWire(
                release,
                strictRoutes,
                storageFlavour,
                httpManagement,
                datacenterAvailability,
                enableCrossOrigin,
                accessControl,
                other);
    }
}
