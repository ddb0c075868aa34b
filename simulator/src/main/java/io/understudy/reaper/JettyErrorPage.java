package io.understudy.reaper;

import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import io.understudy.journal.Request;

/** What Jetty 11 shows where a servlet gives up: {@code ErrorHandler.writeErrorHtml}. */
final class JettyErrorPage {
    private JettyErrorPage() {}

    static Reply notFound(Request request) {
        return page(request, 404, "Not Found", "Not Found");
    }

    /** {@code HttpServlet}. */
    static Reply methodNotSupported(Request request) {
        return page(
                request,
                405,
                "Method Not Allowed",
                "HTTP method " + request.method() + " is not supported by this URL");
    }

    private static Reply page(Request request, int status, String reason, String message) {
        String html = """
                <html>
                <head>
                <meta http-equiv="Content-Type" content="text/html;charset=ISO-8859-1"/>
                <title>Error %1$d %2$s</title>
                </head>
                <body><h2>HTTP ERROR %1$d %3$s</h2>
                <table>
                <tr><th>URI:</th><td>%4$s</td></tr>
                <tr><th>STATUS:</th><td>%1$d</td></tr>
                <tr><th>MESSAGE:</th><td>%3$s</td></tr>
                </table>

                </body>
                </html>
                """.formatted(status, reason, escaped(message), escaped(request.path()));
        return new Reply(
                status,
                null,
                Headers.of(
                        "Cache-Control", "must-revalidate,no-cache,no-store",
                        "Content-Type", "text/html;charset=iso-8859-1"),
                Bytes.utf8(html),
                Framing.LENGTH,
                false);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
