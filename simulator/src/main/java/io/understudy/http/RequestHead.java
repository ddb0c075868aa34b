package io.understudy.http;

/**
 * What of a request decides how its reply is framed.
 *
 * @param headOnly whether the reply has no body, because the method is HEAD
 * @param http10 whether the client speaks HTTP/1.0, which knows no chunks
 * @param persistent whether the client wants to use the connection again
 */
record RequestHead(boolean headOnly, boolean http10, boolean persistent) {}
