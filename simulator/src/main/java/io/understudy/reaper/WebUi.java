package io.understudy.reaper;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.util.List;

/** The web UI's files (spec reaper 1.11): a stub page in their place. */
final class WebUi {
    static final String ROOT = "/webui";
    static final String LOGIN = "/webui/login.html";

    /** Spec reaper 1.2.4: what needs no token. */
    private static final List<String> OPEN_ENDINGS =
            List.of("/login.html", ".css", ".js", ".png", ".jpg", ".gif", ".ico", ".woff", ".woff2", ".ttf");

    private static final Bytes PAGE = Bytes.utf8("""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="UTF-8"><title>Reaper - The Cassandra Repair Manager</title></head>
            <body><p>The web UI is not part of this stand-in; its REST API is on this port.</p></body>
            </html>
            """);

    private WebUi() {}

    /** Whether the path is the web UI's. */
    static boolean serves(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    /** Whether release 4 gives the path out without a token. */
    static boolean isOpen(String path) {
        return path.contains("/assets/") || OPEN_ENDINGS.stream().anyMatch(path::endsWith);
    }

    /** Whether releases 2 and 3 give the path out without a session: all but the pages at the top. */
    static boolean isAsset(String path) {
        String name = path.startsWith(ROOT + "/") ? path.substring(ROOT.length() + 1) : "";
        return !name.isEmpty() && (name.contains("/") || !name.contains(".html"));
    }

    /** The pages are all the same; there are no other files. */
    static Reply reply(Request request, AuthenticationTime time) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return JettyErrorPage.methodNotSupported(request);
        }
        if (request.path().equals(ROOT)) {
            return ReaperReplies.redirect(time.absolute(request, ROOT + "/"));
        }
        return request.path().equals(ROOT + "/") || request.path().endsWith(".html")
                ? ReaperReplies.typed(200, "text/html;charset=utf-8", PAGE)
                : JettyErrorPage.notFound(request);
    }
}
