package io.fitroute.benchmark;

import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures how many events are accepted and how fast, by an idle service and by one that processes
 * them meanwhile. Versions take turns, so other load on the machine affects all alike.
 */
final class AcceptBenchmark implements Benchmark {

  private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration TURN = Duration.ofSeconds(3);
  private static final long ATHLETE = 4455667;
  private static final long FIRST_ACTIVITY = 20_000_000_000L;
  private static final long IDS_PER_TURN = 100_000_000L;
  private static final int ACTIVITIES = 4_000;
  private static final Duration STRAVA_TAKES = Duration.ofMillis(20);

  private final Map<String, ServerInTurns> servers = new LinkedHashMap<>();

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Wrk wrk = new Wrk(bench);
    try {
      for (Workbench.Version version : bench.versions()) {
        ServiceUnderTest service = new ServiceUnderTest(bench, version);
        servers.put(version.name(), new ServerInTurns(service.webhook(), service.start()));
      }
      for (ServerInTurns server : servers.values()) {
        server.turn(() -> wrk.post(server.webhook(), 64, WARM_UP));
      }
      for (int connections : CONNECTIONS) {
        measure(
            "Accept, " + connections(connections),
            (server, round) -> wrk.post(server.webhook(), connections, TURN));
      }
    } finally {
      close();
    }
    acceptAtWork(bench, wrk);
  }

  /** With one connection, while the workers process what was accepted before. */
  private void acceptAtWork(Workbench bench, Wrk wrk) throws Exception {
    try (FakeStrava strava =
        FakeStrava.start(FakeStravaOptions.builder().withoutLimits().logSize(100).build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      strava.arm("/**", new Fault.Delay(STRAVA_TAKES));
      for (int number = 0; number < ACTIVITIES; number++) {
        strava.uploadSilently(SimulatedActivity.run(ATHLETE).id(FIRST_ACTIVITY + number).build());
      }
      for (Workbench.Version version : bench.versions()) {
        ServiceUnderTest service = new ServiceUnderTest(bench, version).connected(strava, ATHLETE);
        servers.put(version.name(), new ServerInTurns(service.webhook(), service.start()));
      }
      long subscription = strava.subscription().orElseThrow().id();
      measure(
          "Accept, 1 connection, while the service works",
          (server, round) ->
              wrk.post(
                  server.webhook(),
                  1,
                  TURN,
                  FIRST_ACTIVITY + round * IDS_PER_TURN,
                  ATHLETE,
                  subscription));
    } finally {
      close();
    }
  }

  private interface Turn {
    Wrk.Result take(ServerInTurns server, int round) throws Exception;
  }

  private void measure(String title, Turn turn) throws Exception {
    Map<String, List<Wrk.Result>> results = new LinkedHashMap<>();
    for (int number = 0; number < ROUNDS; number++) {
      int round = number;
      for (Map.Entry<String, ServerInTurns> server : servers.entrySet()) {
        results
            .computeIfAbsent(server.getKey(), name -> new ArrayList<>())
            .add(server.getValue().turn(() -> turn.take(server.getValue(), round)));
      }
    }
    Comparison comparison = new Comparison("events/s", "p50 ms", "p99 ms", "max ms", "failed");
    results.forEach(
        (name, own) ->
            comparison.row(
                name,
                median(own, Wrk.Result::perSecond),
                median(own, Wrk.Result::p50),
                median(own, Wrk.Result::p99),
                median(own, Wrk.Result::max),
                own.stream().mapToLong(Wrk.Result::failed).sum()));
    comparison.print("%s (medians of %d turns of %d s)".formatted(title, ROUNDS, TURN.toSeconds()));
  }

  private static double median(List<Wrk.Result> results, ToDoubleFunction<Wrk.Result> figure) {
    return Samples.of(results.stream().map(figure::applyAsDouble).toList()).median();
  }

  private static String connections(int number) {
    return number == 1 ? "1 connection" : number + " connections";
  }

  private void close() {
    servers.values().forEach(ServerInTurns::close);
    servers.clear();
  }
}
