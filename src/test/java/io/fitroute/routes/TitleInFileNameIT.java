package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** File names from titles, which anybody may choose, and dates in UTC. */
class TitleInFileNameIT {

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("fit.calendar", "utc");
    pipeline.set(
        "fit.file-name",
        "${variable.yyyy}-${variable.mm}-${variable.dd}/${variable.sport_type} ${variable.title}.fit");
    pipeline.start();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  private static SimulatedActivity.Builder run(String title) {
    return SimulatedActivity.run(ANN).name(title);
  }

  private static String delivered(SimulatedActivity.Builder activity) {
    EventRecord end = pipeline.end(pipeline.upload(activity).id());
    assertThat(end.state()).isEqualTo(EventState.DONE);
    return end.reason().replace("delivered from original: file:", "");
  }

  @Test
  void theDateIsTheOneInUtc() {
    assertThat(
            delivered(
                run("by date")
                    .start(Instant.parse("2026-01-01T03:30:00Z"))
                    .zone(ZoneId.of("America/New_York"))))
        .isEqualTo("2026-01-01/Run by date.fit");
  }

  static Stream<String> nastyTitles() {
    return Stream.of(
        "../../../etc/passwd",
        "..",
        "/etc/passwd",
        "C:\\Windows\\System32",
        "${body} ${env:HOME} ${properties:strava.client-secret}",
        "{{strava.client-secret}}",
        "$simple{sys.user.home}",
        "a\u0000b\nc\u001b[31md",
        "\ud83c\udfc3\u200d\u2640\ufe0f through the \ud83c\udf32s",
        "half of an emoji \ud83d",
        "\u202egnp.tif",
        "   ",
        "",
        "~/.ssh/authorized_keys",
        "%2e%2e%2f",
        "x?fileName=y&delete=true#z+1");
  }

  @ParameterizedTest
  @MethodSource("nastyTitles")
  void whateverATitleSaysItStaysInItsFolder(String title) throws Exception {
    String path = delivered(run(title));

    assertThat(path).startsWith("2026-11-20/Run").endsWith(".fit");
    assertThat(path.split("/")).hasSize(2);
    assertThat(path)
        .doesNotContain(pipeline.strava().clientSecret(), System.getProperty("user.home"));
    assertThat(pipeline.bed().downloads().resolve(path)).isRegularFile();
    assertThat(outside()).isEmpty();
  }

  /** Files in the test's folder that are neither downloads nor the service's data. */
  private static List<Path> outside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().matches("downloads|data"))
          .toList();
    }
  }

  @Test
  void aTitleOf10000CharactersIsCut() {
    String path = delivered(run("\ud83c\udfc3 very ".repeat(1500)));

    assertThat(path).startsWith("2026-11-20/Run \ud83c\udfc3 very ").endsWith(".fit");
    assertThat(path).hasSizeLessThan(200);
  }

  @Test
  void twoActivitiesOfOneNameAreBothKept() throws Exception {
    List<SimulatedActivity> runs =
        Stream.of("a", "b", "c", "d")
            .map(
                device ->
                    pipeline
                        .strava()
                        .uploadSilently(run("Lunch Run").distance(device.charAt(0) * 50).build()))
            .toList();
    runs.forEach(run -> pipeline.create(run.id()));

    assertThat(runs)
        .extracting(run -> pipeline.end(run.id()).reason())
        .containsExactlyInAnyOrder(
            "delivered from original: file:2026-11-20/Run Lunch Run.fit",
            "delivered from original: file:2026-11-20/Run Lunch Run-2.fit",
            "delivered from original: file:2026-11-20/Run Lunch Run-3.fit",
            "delivered from original: file:2026-11-20/Run Lunch Run-4.fit");
    assertThat(pipeline.bed().files()).noneMatch(path -> path.contains(".fitroute"));
  }
}
