package io.understudy.reaper;

/** Where text goes that is pushed to a client which listens (spec reaper 1.10). Inside a step of the world. */
interface SseSink {
    /** Sends a further part of the reply to that call. */
    void send(long callId, String text);

    /** Ends the reply to that call. */
    void end(long callId);
}
