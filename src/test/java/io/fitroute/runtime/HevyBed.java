package io.fitroute.runtime;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.FakeIntervals;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A service with its own fake Hevy and fake Intervals.icu, and short retry delays. */
public final class HevyBed implements AutoCloseable {

  public static final String TOKEN = "word-of-the-workouts";

  private final FakeHevy hevy = FakeHevy.start();
  private final FakeIntervals intervals = FakeIntervals.start();
  private final TestBed bed;

  private HevyBed(Path folder) {
    bed = TestBed.prepare(folder);
    bed.set("hevy.api-url", hevy.url().toString());
    bed.set("hevy.api-key", hevy.apiKey());
    bed.set("hevy.webhook-token", TOKEN);
    bed.set("hevy.time-zone", "Europe/Berlin");
    bed.set("intervals.url", intervals.url().toString());
    bed.set("intervals.api-key", intervals.apiKey());
    bed.set("retry.failing", "20ms,20ms,20ms,20ms,20ms");
    bed.set("retry.not-ready", "50ms,50ms,50ms");
  }

  /** Without starting the service. */
  public static HevyBed prepare(Path folder) {
    return new HevyBed(folder);
  }

  /** Started, with the webhook. */
  public static HevyBed ready(Path folder) {
    return prepare(folder).start();
  }

  public HevyBed set(String setting, String value) {
    bed.set(setting, value);
    return this;
  }

  public HevyBed start() {
    bed.start();
    hevy.subscribe(bed.url("/hevy").toString(), TOKEN);
    return this;
  }

  public TestBed bed() {
    return bed;
  }

  public FakeHevy hevy() {
    return hevy;
  }

  public FakeIntervals intervals() {
    return intervals;
  }

  /** Posts to the webhook. */
  public HttpResponse<String> post(String authorization, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bed.url("/hevy"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return bed.send(
        authorization.isEmpty() ? request : request.header("Authorization", authorization));
  }

  /** The events of a workout in order of arrival, each as state and reason. */
  public List<String> events(String workoutId) {
    return bed.service()
        .ledger()
        .read()
        .sql(
            "select aspect || ' ' || state || ': ' || coalesce(reason, '') from event"
                + " where object_id = ? order by id")
        .param(workoutId)
        .query(String.class)
        .list();
  }

  /** Waits until a number of events of a workout have ended. */
  public List<String> ends(String workoutId, int number) {
    return await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> events(workoutId),
            events ->
                events.size() >= number
                    && events.stream().noneMatch(event -> event.contains(" pending:")));
  }

  /** Waits until an activity meets a condition. */
  public JsonNode activity(String workoutId, Predicate<JsonNode> wanted) {
    return await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                intervals.activities().stream()
                    .filter(one -> one.path("external_id").asText().equals(workoutId))
                    .filter(wanted)
                    .toList(),
            found -> found.size() == 1)
        .get(0);
  }

  @Override
  public void close() {
    bed.close();
    hevy.close();
    intervals.close();
  }
}
