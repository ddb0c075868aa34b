package io.understudy.cli;

import io.understudy.Simulation;
import io.understudy.control.Catalogue;
import io.understudy.control.ControlServer;
import io.understudy.control.Worlds;
import io.understudy.http.PortTakenException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** {@code understudy start}: a world and the control API on the air, until the process is told to end. */
final class Start {
    private final Catalogue catalogue;
    private final PrintStream out;

    Start(Catalogue catalogue, PrintStream out) {
        this.catalogue = catalogue;
        this.out = out;
    }

    /** Runs until the thread is interrupted or the process is told to end. */
    void run(StartPlan plan) throws IOException {
        Running running = open(plan);
        Thread hook = new Thread(running::close, "understudy-end");
        Runtime.getRuntime().addShutdownHook(hook);
        out.print(running.lines());
        out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            running.close();
        }
    }

    private Running open(StartPlan plan) throws IOException {
        Simulation simulation = simulation(plan);
        Worlds worlds = new Worlds(catalogue, simulation);
        try {
            ControlServer control = control(plan, worlds);
            return new Running(simulation, worlds, control);
        } catch (IOException | RuntimeException e) {
            worlds.close();
            throw e;
        }
    }

    private Simulation simulation(StartPlan plan) throws IOException {
        try {
            return plan.begin(catalogue).start();
        } catch (UncheckedIOException e) {
            throw taken(Objects.requireNonNull(e.getCause()), "--port SYSTEM=PORT");
        }
    }

    private static ControlServer control(StartPlan plan, Worlds worlds) throws IOException {
        try {
            return ControlServer.start(worlds, plan.bind(), plan.controlPort(), plan.controlToken());
        } catch (IOException e) {
            throw taken(e, "--control-port PORT");
        }
    }

    private static IOException taken(IOException e, String option) {
        return e instanceof PortTakenException
                ? new IOException(e.getMessage() + "; choose another one with " + option + " (0 is any free one)", e)
                : e;
    }

    /** What listens, and has to be closed. */
    private record Running(Simulation simulation, Worlds worlds, ControlServer control) {
        /** What whoever waits for the server reads. */
        String lines() {
            StringBuilder lines =
                    new StringBuilder("control ").append(control.url()).append('\n');
            for (Simulation.Node node : simulation.nodes()) {
                lines.append(node.system())
                        .append('/')
                        .append(node.name())
                        .append(' ')
                        .append(node.url())
                        .append('\n');
            }
            return lines.append("READY\n").toString();
        }

        void close() {
            control.close();
            worlds.close();
        }
    }
}
