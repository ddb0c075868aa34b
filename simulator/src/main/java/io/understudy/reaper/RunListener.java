package io.understudy.reaper;

/** Who wants to know when a run is over. */
interface RunListener {
    /** The run has just become DONE, ERROR or ABORTED. */
    void runEnded(RepairRun run);
}
