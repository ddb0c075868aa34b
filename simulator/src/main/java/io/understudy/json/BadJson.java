package io.understudy.json;

import org.jspecify.annotations.Nullable;

/** JSON that is not what was wanted; the message says where, what was found and what would be right. */
public final class BadJson extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadJson(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
