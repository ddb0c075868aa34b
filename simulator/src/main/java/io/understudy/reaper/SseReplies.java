package io.understudy.reaper;

import io.understudy.http.Replies;
import io.understudy.journal.Bytes;

/** The streamed replies to those who listen. */
record SseReplies(Replies replies) implements SseSink {
    @Override
    public void send(long callId, String text) {
        replies.send(callId, Bytes.utf8(text));
    }

    @Override
    public void end(long callId) {
        replies.end(callId);
    }
}
