package io.fitroute.benchmark;

import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * Measures the time from an event to its file, one event at a time on an idle service. Strava's own
 * part is the time of its two responses when requested directly.
 */
final class FileBenchmark implements Benchmark {

  private static final long ATHLETE = 4455667;
  private static final int WARM_UP = 300;
  private static final int EVENTS = 300;
  private static final Duration STRAVA_TAKES = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final long LOOK_EVERY_NANOS = 200_000;

  /** The times of an event, in milliseconds. */
  private record Times(
      double untilAnswer, double untilFirstRequest, double untilFile, double strava) {}

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public String name() {
    return "file";
  }

  @Override
  public void run(Workbench bench) throws Exception {
    Comparison comparison =
        new Comparison(
            "answer ms",
            "first API request ms",
            "file ms",
            "Strava's own time ms",
            "file above it ms",
            "p99 of that");
    for (Workbench.Version version : bench.versions()) {
      List<Times> times = measured(bench, version);
      Samples above =
          Samples.of(times.stream().map(one -> one.untilFile() - one.strava()).toList());
      comparison.row(
          version.name(),
          median(times, Times::untilAnswer),
          median(times, Times::untilFirstRequest),
          median(times, Times::untilFile),
          median(times, Times::strava),
          above.median(),
          above.quantile(0.99));
    }
    comparison.print(
        "From an event to its file, one at a time, Strava takes %d ms for each of two requests"
                .formatted(STRAVA_TAKES.toMillis())
            + " (medians of %d events)".formatted(EVENTS));
  }

  private static double median(List<Times> times, ToDoubleFunction<Times> figure) {
    return Samples.of(times.stream().map(figure::applyAsDouble).toList()).median();
  }

  @SuppressWarnings("try") // the service only has to run
  private List<Times> measured(Workbench bench, Workbench.Version version) throws Exception {
    try (FakeStrava strava =
        FakeStrava.start(FakeStravaOptions.builder().withoutLimits().build())) {
      strava.addAthlete(ATHLETE, "Ann", "Example");
      ServiceUnderTest service = new ServiceUnderTest(bench, version).connected(strava, ATHLETE);
      try (Child running = service.start()) {
        strava.arm("/**", new Fault.Delay(STRAVA_TAKES));
        Webhook webhook = new Webhook(service.webhook());
        List<Times> times = new ArrayList<>();
        for (int number = 0; number < WARM_UP + EVENTS; number++) {
          times.add(one(strava, service, webhook));
        }
        return times.subList(WARM_UP, times.size());
      }
    }
  }

  private Times one(FakeStrava strava, ServiceUnderTest service, Webhook webhook)
      throws IOException, InterruptedException {
    SimulatedActivity other =
        strava.uploadSilently(SimulatedActivity.run(ATHLETE).name("The other one").build());
    double alone = stravaAlone(strava, other.id());
    SimulatedActivity run = strava.uploadSilently(SimulatedActivity.run(ATHLETE).build());
    Path file = service.downloads().resolve("2026/11/" + run.id() + ".fit");
    String event =
        new SteadyEvents(
                Instant.now().getEpochSecond(),
                run.id(),
                1,
                ATHLETE,
                strava.subscription().orElseThrow().id())
            .body(0);
    Instant sentAt = Instant.now();
    long start = System.nanoTime();
    webhook.post(event);
    double answer = millisSince(start);
    while (!Files.exists(file)) {
      if (millisSince(start) > LONGEST.toMillis()) {
        throw new IOException("there is no file after " + LONGEST);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    double complete = millisSince(start);
    Instant asked = arrivalOfDetailsRequest(strava, run.id());
    return new Times(answer, Duration.between(sentAt, asked).toNanos() / 1e6, complete, alone);
  }

  private static Instant arrivalOfDetailsRequest(FakeStrava strava, long id) {
    Instant arrival =
        strava.requests().stream()
            .filter(request -> request.path().endsWith("/api/v3/activities/" + id))
            .map(RecordedRequest::at)
            .findFirst()
            .orElseThrow();
    strava.clearRequests();
    return arrival;
  }

  private double stravaAlone(FakeStrava strava, long id) throws IOException, InterruptedException {
    AthleteTokens tokens = strava.tokensOf(ATHLETE).orElseThrow();
    String session = "_strava4_session=" + strava.sessionCookie(ATHLETE);
    long start = System.nanoTime();
    get(strava.apiUrl() + "/activities/" + id, "Authorization", "Bearer " + tokens.accessToken());
    get(strava.webUrl() + "/activities/" + id + "/export_original", "Cookie", session);
    return millisSince(start);
  }

  private void get(String address, String header, String value)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address)).header(header, value).build(),
            BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answered " + answer.statusCode());
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
