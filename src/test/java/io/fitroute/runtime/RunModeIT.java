package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks which routes start automatically in each mode. */
class RunModeIT {

  private static final List<String> WORK =
      List.of(
          "work-events",
          "end-batches",
          "forget-events",
          "remove-leftovers",
          "monitor-health",
          "adopt-tokens");
  private static final List<String> CONNECT = List.of("request-consent", "receive-athlete");
  private static final List<String> SERVE =
      List.of(
          "report-health",
          "describe-service",
          "answer-handshake",
          "accept-event",
          "accept-workout",
          "watch-workouts",
          "watch-subscription",
          "poll-activities");

  @TempDir Path folder;

  static Stream<Arguments> modes() {
    return Stream.of(
        Arguments.of(RunMode.SERVE, all(List.of(WORK, CONNECT, SERVE, List.of("mine")))),
        Arguments.of(RunMode.WORK, all(List.of(WORK, List.of("mine")))),
        Arguments.of(RunMode.CONNECT, all(List.of(CONNECT))),
        Arguments.of(RunMode.ASK, Set.of()));
  }

  private static Set<String> all(List<List<String>> routes) {
    return routes.stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("modes")
  void onlyTheseRoutesStartByThemselves(RunMode mode, Set<String> routes) throws Exception {
    Path home = TestBed.copyHome(folder.resolve("home"));
    Files.writeString(
        home.resolve("routes/own/mine.camel.yaml"),
        """
        - route:
            id: mine
            from:
              uri: timer:mine
              steps:
                - log:
                    message: ticking
        """);
    try (TestBed bed = TestBed.prepare(folder.resolve("bed")).setHome(home)) {
      assertThat(sources(bed, home, mode)).containsExactlyInAnyOrderElementsOf(routes);
    }
  }

  /** The routes that no other route calls. */
  private static List<String> sources(TestBed bed, Path home, RunMode mode) {
    try (Service service = Service.start(bed.settings(), home, mode)) {
      return service.context().getRoutes().stream()
          .filter(route -> !route.getEndpoint().getEndpointUri().startsWith("direct:"))
          .map(Route::getRouteId)
          .toList();
    }
  }
}
