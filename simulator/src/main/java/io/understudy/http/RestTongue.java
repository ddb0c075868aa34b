package io.understudy.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Headers.Header;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Has Javalin speak on the connections of a {@link RestSite}. Nothing of it, nor of the servlet world it lives in, is loaded
 * before the first client connects: that takes longer than everything else at the start of the process.
 */
final class RestTongue implements Door.Tongue {
    /** The largest body: a snapshot of a whole world goes through here. */
    static final long MAX_BODY_BYTES = 256L << 20;

    private final Supplier<RestSite> site;
    private @Nullable Speech speech;

    RestTongue(Supplier<RestSite> site) {
        this.site = site;
    }

    @Override
    public Connection speak(EndPoint endPoint, Door door, Backstage backstage) {
        Connection connection = speech(backstage).connect(endPoint);
        connection.addEventListener(new Connection.Listener() {
            @Override
            public void onOpened(Connection opened) {
                door.opened(opened);
            }

            @Override
            public void onClosed(Connection closed) {
                door.closed(closed);
            }
        });
        return connection;
    }

    private synchronized Speech speech(Backstage backstage) {
        if (speech == null) {
            speech = new Speech(site.get(), backstage);
        }
        return speech;
    }

    @Override
    public synchronized void fallSilent() {
        if (speech != null) {
            speech.stop();
        }
    }

    /** A Jetty server without a port of its own: it is handed connections. */
    private static final class Speech {
        private final Server server;
        private final ConnectionFactory http;
        private final AbstractConnector connector;

        Speech(RestSite site, Backstage backstage) {
            HttpConfiguration configuration = new HttpConfiguration();
            configuration.setSendServerVersion(false);
            configuration.setUriCompliance(UriCompliance.UNSAFE);
            http = new HttpConnectionFactory(configuration);
            server = new Server(backstage.threads(), backstage.scheduler(), backstage.buffers());
            connector = new Connector(server, http);
            server.addConnector(connector);
            ServletContextHandler servlets = new ServletContextHandler();
            ServletHolder javalin = new ServletHolder(
                    Javalin.create(config -> configure(config, site)).javalinServlet());
            javalin.setAsyncSupported(true);
            servlets.addServlet(javalin, "/*");
            servlets.getServletHandler().setDecodeAmbiguousURIs(true);
            server.setHandler(servlets);
            LifeCycle.start(server);
        }

        Connection connect(EndPoint endPoint) {
            endPoint.setIdleTimeout(SiteConnection.IDLE_MILLIS);
            return http.newConnection(connector, endPoint);
        }

        void stop() {
            LifeCycle.stop(server);
        }
    }

    private static final class Connector extends AbstractConnector {
        Connector(Server server, ConnectionFactory http) {
            // what is given to it here it would stop with itself; the server's own it shares
            super(server, null, null, null, 0, http);
        }

        @Override
        protected void accept(int acceptorId) {
            throw new UnsupportedOperationException("connections come in through the stage");
        }

        @Override
        public Object getTransport() {
            return this;
        }
    }

    private static void configure(JavalinConfig config, RestSite site) {
        RestSite.Fallback fallback = site.fallback();
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = MAX_BODY_BYTES;
        config.http.prefer405over404 = true;
        config.routes.before(
                context -> site.guard().apply(request(context, false)).ifPresent(reply -> {
                    send(context, reply);
                    context.skipRemainingHandlers();
                }));
        for (RestRoute route : site.routes()) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()),
                    route.path(),
                    context -> send(context, route.handler().apply(call(context))));
        }
        config.routes.exception(HttpResponseException.class, (e, context) -> send(context, missed(site, e, context)));
        config.routes.exception(
                Exception.class, (e, context) -> send(context, fallback.failed(request(context, false), e)));
    }

    private static Reply missed(RestSite site, HttpResponseException e, Context context) {
        Request request = request(context, false);
        if (e instanceof NotFoundResponse) {
            return site.fallback().notFound(request);
        }
        if (e instanceof MethodNotAllowedResponse) {
            String allowed = e.getDetails().getOrDefault("availableMethods", "");
            return site.fallback().methodNotAllowed(request, List.of(allowed.split(", ")));
        }
        return site.fallback().refused(request, e.getStatus(), String.valueOf(e.getMessage()));
    }

    private static RestCall call(Context context) {
        return new RestCall(request(context, true), context.pathParamMap(), context.queryParamMap());
    }

    private static Request request(Context context, boolean withBody) {
        HttpServletRequest sent = context.req();
        List<Header> fields = new ArrayList<>();
        for (String name : Collections.list(sent.getHeaderNames())) {
            Collections.list(sent.getHeaders(name)).forEach(value -> fields.add(new Header(name, value)));
        }
        return new Request(
                sent.getMethod(),
                sent.getRequestURI(),
                sent.getQueryString(),
                new Headers(fields),
                withBody ? Bytes.of(context.bodyAsBytes()) : Bytes.EMPTY,
                sent.getRemoteAddr());
    }

    private static void send(Context context, Reply reply) {
        context.status(reply.status());
        for (Header field : reply.headers().fields()) {
            if (field.name().equalsIgnoreCase("content-type")) {
                context.contentType(field.value());
            } else {
                context.res().addHeader(field.name(), field.value());
            }
        }
        context.result(reply.body().toArray());
    }
}
