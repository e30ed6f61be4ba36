package io.fitroute.benchmark;

import io.fitroute.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many events are accepted, and how quickly: by the service, by the same service whose route
 * leaves out the one step that stores the event, and by a bare handler of Vert.x. All three take
 * turns, so that whatever else the machine does strikes all alike.
 */
final class AcceptBenchmark implements Benchmark {

  private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(45);
  private static final Duration TURN = Duration.ofSeconds(3);
  private static final String STORING_STEP = "        - to:\n            uri: inbox:accept\n";

  private record Server(String name, URI webhook, Child process) {}

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Wrk wrk = new Wrk(bench);
    ServiceUnderTest storing = new ServiceUnderTest(bench);
    ServiceUnderTest forgetting =
        new ServiceUnderTest(bench)
            .set(
                "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
                "file:" + routesWithoutStore(bench) + "/*.camel.yaml");
    int barePort = FreePort.any();
    try (Child service = storing.start();
        Child storeless = forgetting.start();
        Child bare =
            Child.startJava(
                bench.folder("bare"),
                service.javaOptions(),
                BareServer.class,
                Integer.toString(barePort))) {
      URI bareAddress = URI.create("http://127.0.0.1:" + barePort + "/");
      bare.awaitAnswer(bareAddress);
      List<Server> servers =
          List.of(
              new Server("the service", storing.webhook(), service),
              new Server("the same without a store", forgetting.webhook(), storeless),
              new Server("bare Vert.x", bareAddress, bare));
      servers.forEach(server -> server.process().pause());
      for (Server server : servers) {
        turn(wrk, server, 64, WARM_UP);
      }
      for (int connections : CONNECTIONS) {
        measure(wrk, servers, connections);
      }
    }
  }

  private static void measure(Wrk wrk, List<Server> servers, int connections) throws Exception {
    List<List<Wrk.Result>> results =
        servers.stream().<List<Wrk.Result>>map(server -> new ArrayList<>()).toList();
    for (int round = 0; round < ROUNDS; round++) {
      for (int number = 0; number < servers.size(); number++) {
        results.get(number).add(turn(wrk, servers.get(number), connections, TURN));
      }
    }
    Table table =
        new Table("", "events/s", "p50 ms", "p99 ms", "max ms", "failed", "share of its events/s");
    for (int number = 0; number < servers.size(); number++) {
      List<Wrk.Result> own = results.get(number);
      table.row(
          servers.get(number).name(),
          "%,.0f".formatted(Samples.of(own.stream().map(Wrk.Result::perSecond).toList()).median()),
          millis(own.stream().map(Wrk.Result::p50).toList()),
          millis(own.stream().map(Wrk.Result::p99).toList()),
          millis(own.stream().map(Wrk.Result::max).toList()),
          Long.toString(own.stream().mapToLong(Wrk.Result::failed).sum()),
          "%.0f %%".formatted(100 * share(results.get(0), own)));
    }
    table.print(
        "Accept, %d %s (medians of %d turns of %d s)"
            .formatted(
                connections,
                connections == 1 ? "connection" : "connections",
                ROUNDS,
                TURN.toSeconds()));
  }

  /** The median over the rounds, in each of which the two were measured one after the other. */
  private static double share(List<Wrk.Result> service, List<Wrk.Result> other) {
    List<Double> shares = new ArrayList<>();
    for (int round = 0; round < service.size(); round++) {
      shares.add(service.get(round).perSecond() / other.get(round).perSecond());
    }
    return Samples.of(shares).median();
  }

  private static String millis(List<Double> values) {
    return String.format(Locale.ROOT, "%.2f", Samples.of(values).median());
  }

  private static Wrk.Result turn(Wrk wrk, Server server, int connections, Duration time)
      throws Exception {
    server.process().resume();
    try {
      return wrk.post(server.webhook(), connections, time);
    } finally {
      server.process().pause();
    }
  }

  /** The real routes, so that the two cannot come to differ in anything else. */
  private static Path routesWithoutStore(Workbench bench) throws IOException {
    Path copies = bench.folder("routes");
    Path originals = bench.home().resolve("routes");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(originals, "*.camel.yaml")) {
      for (Path file : files) {
        Files.copy(file, copies.resolve(file.getFileName()));
      }
    }
    Path webhook = copies.resolve("strava-webhook.camel.yaml");
    String route = Files.readString(webhook);
    String without = route.replace(STORING_STEP, "");
    if (without.length() != route.length() - STORING_STEP.length()) {
      throw new IOException("the webhook's route does not have its one step inbox:accept");
    }
    Files.writeString(webhook, without);
    return copies;
  }
}
