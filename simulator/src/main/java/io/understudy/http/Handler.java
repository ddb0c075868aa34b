package io.understudy.http;

/** Executes one operation. Called under the world's lock, with time standing still. */
@FunctionalInterface
public interface Handler {
    /** Executes the call and answers it. */
    Answer handle(Call call);
}
