package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.fit.FitSamples;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adopting what another tool has downloaded. */
class ImportCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = "downloaded_activities.json";

  @TempDir Path folder;
  private TestBed bed;
  private final List<Map<String, Object>> entries = new ArrayList<>();

  @BeforeEach
  void prepare() {
    bed = TestBed.prepare(folder);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Run run(String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private Path file(String path, byte[] content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private void entry(Object id, String path) {
    entries.add(
        Map.of(
            "activity_id", id, "download_time", "2025-06-01T08:30:00.123456", "file_path", path));
  }

  private void writeList() throws IOException {
    Files.writeString(
        folder.resolve(LIST), JSON.writeValueAsString(Map.of("downloaded_activities", entries)));
  }

  private static JsonNode json(Run run) throws IOException {
    return JSON.readTree(run.out());
  }

  private static List<String> reasons(JsonNode report) {
    return StreamSupport.stream(report.path("not_taken").spliterator(), false)
        .map(line -> line.path("activity_id").asText() + " " + line.path("reason").asText())
        .toList();
  }

  @Test
  void whatWasDownloadedIsNeverDownloadedAgain() throws Exception {
    SimulatedActivity old =
        bed.strava().uploadSilently(SimulatedActivity.run(TestBed.ATHLETE).build());
    file("downloads/2025/06/" + old.id() + ".fit", FitSamples.run(20));
    entry(old.id(), "./downloads/2025/06/" + old.id() + ".fit");
    file("downloads/2025/06/17000000001.fit", FitSamples.run(21));
    entry("17000000001", "2025/06/17000000001.fit");
    writeList();

    Run dry = run("import", LIST, "--dry-run");
    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out()).isEqualTo("2 would be imported, 0 known already, 0 not imported\n");
    assertThat(bed.ledgerFile()).doesNotExist();

    bed.connect().set("state.file", folder.resolve(LIST).toString()).start();
    bed.subscribe();
    Run run = run("import", LIST, "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(json(run).path("taken").asInt()).isEqualTo(2);
    assertThat(run("import", LIST).out())
        .isEqualTo("0 imported, 2 known already, 0 not imported\n");
    bed.strava().clearRequests();
    bed.strava().deliver(WebhookEvent.created(old.id(), TestBed.ATHLETE, Instant.now()));
    await()
        .untilAsserted(
            () ->
                assertThat(run("events", "--state", "skipped").out())
                    .contains("already delivered: file:2025/06/" + old.id() + ".fit"));
    assertThat(bed.strava().count("GET", "/activities/" + old.id() + "/export_original")).isZero();
    assertThat(Files.readAllBytes(folder.resolve("downloads/2025/06/" + old.id() + ".fit")))
        .isEqualTo(FitSamples.run(20));
    assertThat(run("trace", Long.toString(old.id())).out()).contains("archive");

    bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build());
    await()
        .until(
            () ->
                JSON.readTree(folder.resolve(LIST).toFile()).path("downloaded_activities").size()
                    == 3);
  }

  @Test
  void aFileIsOneActivitysAlone() throws Exception {
    file("downloads/Run.fit", FitSamples.run(20));
    entry(17, "Run.fit");
    entry("18", "Run.fit");
    writeList();

    Run run = run("import", LIST);

    assertThat(run.out()).contains("1 imported, 0 known already, 1 not imported");
    assertThat(run.out()).contains("its file already belongs to another activity");
  }

  @Test
  void whatIsNotTakenIsToldWithItsReason() throws Exception {
    file("downloads/good.fit", FitSamples.run(5));
    file("downloads/page.fit", "<html>log in</html>".getBytes());
    byte[] cut = FitSamples.run(5);
    file("downloads/cut.fit", java.util.Arrays.copyOf(cut, cut.length - 9));
    file("downloads/large.fit", FitSamples.run(2000));
    Path outside = file("elsewhere/outside.fit", FitSamples.run(5));
    Files.createDirectories(folder.resolve("downloads/folder.fit"));
    Files.createSymbolicLink(folder.resolve("downloads/link.fit"), outside);
    bed.set("export.max-size", "10000");
    entry(1, "downloads/good.fit");
    entry(1, "downloads/good.fit");
    entry(2, "downloads/page.fit");
    entry(3, "downloads/cut.fit");
    entry(4, "downloads/large.fit");
    entry(5, "elsewhere/outside.fit");
    entry(6, "downloads/link.fit");
    entry(7, "downloads/../../../../../../etc/passwd");
    entry(8, "/etc/passwd");
    entry(9, "downloads/gone.fit");
    entry(10, "downloads/folder.fit");
    entry(11, "a\u0000b");
    entry(12, "");
    entry(13, "x".repeat(5000));
    entry("-4", "downloads/good.fit");
    entry("14; drop table event", "downloads/good.fit");
    entries.add(Map.of());
    writeList();

    Run run = run("import", LIST, "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(json(run).path("taken").asInt()).isEqualTo(1);
    String outsideReason = " it is outside download.base-dir, which is " + bed.downloads();
    assertThat(reasons(json(run)))
        .satisfiesExactly(
            one -> assertThat(one).isEqualTo("1 the activity is already listed above"),
            one -> assertThat(one).startsWith("2 it is not valid FIT: "),
            one -> assertThat(one).startsWith("3 it is not valid FIT: the file ends at byte"),
            one -> assertThat(one).isEqualTo("4 it is larger than export.max-size, 10000 bytes"),
            one -> assertThat(one).startsWith("5" + outsideReason),
            one -> assertThat(one).startsWith("6" + outsideReason),
            one -> assertThat(one).startsWith("7" + outsideReason),
            one -> assertThat(one).startsWith("8" + outsideReason),
            one -> assertThat(one).isEqualTo("9 there is no such file"),
            one -> assertThat(one).isEqualTo("10 it is not a file"),
            one -> assertThat(one).isEqualTo("11 its file_path is not a path"),
            one -> assertThat(one).isEqualTo("12 it has no file_path"),
            one -> assertThat(one).isEqualTo("13 it has no file_path"),
            one -> assertThat(one).contains("not an activity ID"),
            one -> assertThat(one).contains("not an activity ID"),
            one -> assertThat(one).contains("not an activity ID"));
    assertThat(run("import", LIST).out())
        .startsWith("0 imported, 2 known already, 15 not imported\n")
        .doesNotContain("\u0000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense|it is not JSON",
        "[]|it is not of the form",
        "{}|it is not of the form",
        "{\"downloaded_activities\":{}}|it is not of the form",
        "{\"other\":{\"downloaded_activities\":[]}}|it is not of the form",
        "{\"downloaded_activities\":[|it is not JSON"
      })
  void whatIsNoSuchListIsSaidToBeNone(String text, String reason) throws Exception {
    Files.writeString(folder.resolve(LIST), text);

    Run run = run("import", LIST);

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(LIST + " cannot be imported: " + reason).hasLineCount(1);
  }

  @Test
  void aListThatIsNotThereOrFarTooLargeIsNotRead() throws Exception {
    Files.write(folder.resolve("large.json"), new byte[(8 << 20) + 1]);

    assertThat(run("import", "none.json").err()).contains("there is no such file");
    assertThat(run("import", "large.json").err()).contains("it is larger than 8388608 bytes");
    bed.set("fit.sinks", "other");
    assertThat(run("import", "none.json").exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
  }

  @Property(tries = 50)
  void noListLeadsToAnythingUnexpected(@ForAll String id, @ForAll String time, @ForAll String path)
      throws IOException {
    Path own = Files.createTempDirectory("fitroute-import");
    Map<String, String> entry = Map.of("activity_id", id, "download_time", time, "file_path", path);
    Files.writeString(
        own.resolve(LIST),
        JSON.writeValueAsString(Map.of("downloaded_activities", List.of(entry))));

    Run run =
        Run.of(
            Run.environment(Map.of("DOWNLOAD_BASE_DIR", own.resolve("none").toString()), own),
            "import",
            LIST,
            "--dry-run");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).isEmpty();
    Files.delete(own.resolve(LIST));
    Files.delete(own);
  }

  @Test
  void whatAnArrayOfActivitiesSaysIsKnownWithoutARequest() throws Exception {
    Files.writeString(
        folder.resolve("activities.json"),
        "[{\"id\":7,\"name\":\"Canal\",\"sport_type\":\"TrailRun\",\"distance\":5000.5,"
            + "\"start_date\":\"2026-10-01T08:00:00Z\",\"start_date_local\":\"2026-10-01T10:00:00Z\","
            + "\"athlete\":{\"id\":4455667}},"
            + "{\"id\":8,\"type\":\"Ride\",\"start_date\":\"2026-10-02T08:00:00Z\"},"
            + "{\"id\":9,\"start_date\":\"some day\"}, 17]");

    Run dry = run("import", "activities.json", "--dry-run");
    assertThat(dry.out()).startsWith("1 activities would be imported, 3 not imported");
    assertThat(bed.ledgerFile()).doesNotExist();

    Run run = run("import", "activities.json", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    JsonNode refused = json(run).path("activities").path("refused");
    assertThat(refused.get(0).path("reason").asText())
        .startsWith("it does not contain its athlete");
    assertThat(refused.get(1).path("reason").asText()).contains("start_date");
    bed.connect().start();
    bed.subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    assertThat(run("import", "activities.json").out()).contains("2 activities imported");
    assertThat(
            bed.service()
                .ledger()
                .read()
                .sql("select name, sport_type, start_local from activity where id = '7'")
                .query()
                .singleRow())
        .containsEntry("name", "Canal")
        .containsEntry("sport_type", "TrailRun")
        .containsEntry("start_local", "2026-10-01T10:00:00");
    bed.strava().clearRequests();
    bed.strava().deliver(WebhookEvent.created(8, TestBed.ATHLETE, Instant.now()));
    await()
        .untilAsserted(
            () ->
                assertThat(run("events", "--state", "skipped").out())
                    .contains("known already: Ride is not wanted"));
    assertThat(bed.strava().count("GET", "/api/v3/**")).isZero();
    Files.writeString(folder.resolve("cut.json"), "[{\"id\":7");
    assertThat(run("import", "cut.json").err()).contains("is incomplete JSON");
  }
}
