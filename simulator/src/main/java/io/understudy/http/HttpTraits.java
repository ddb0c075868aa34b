package io.understudy.http;

import io.understudy.journal.Reply;

/**
 * How the HTTP server of an emulated system behaves below its API.
 *
 * @param maxBodyBytes the largest request body it reads; beyond it the reply is {@code tooLarge}
 * @param maxHeaderBytes the largest request head (request line and headers) it reads
 * @param tooLarge the reply to a larger body
 * @param date whether replies carry a {@code date} header (at virtual time)
 */
public record HttpTraits(long maxBodyBytes, int maxHeaderBytes, Reply tooLarge, boolean date) {}
