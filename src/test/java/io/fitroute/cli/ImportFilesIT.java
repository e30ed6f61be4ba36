package io.fitroute.cli;

import static io.fitroute.archive.BulkExportSample.fit;
import static io.fitroute.archive.BulkExportSample.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.archive.BulkExportSample;
import io.fitroute.archive.BulkExportSample.Language;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.delivery.Delivery;
import io.fitroute.fit.FitSamples;
import io.fitroute.fit.Sha256;
import io.fitroute.fit.Sport;
import io.fitroute.ledger.Database;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files from archives and folders are delivered like downloaded ones, each exactly once. */
class ImportFilesIT {

  @TempDir Path folder;
  private TestBed bed;

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

  private static JsonNode summary(Run run) throws IOException {
    assertThat(run.out()).as(run.err()).startsWith("{");
    return new ObjectMapper().readTree(run.out()).path("imports").get(0);
  }

  private static Map<String, String> reasons(JsonNode summary) {
    Map<String, String> reasons = new TreeMap<>();
    summary
        .path("files")
        .forEach(
            line ->
                reasons.put(
                    line.path("name").asText(),
                    line.path("state").asText() + ": " + line.path("reason").asText()));
    return reasons;
  }

  private static List<String> counts(JsonNode summary) {
    long skipped =
        StreamSupport.stream(summary.path("skipped").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .sum();
    return List.of(
        "imported " + summary.path("imported").asInt(),
        "upgraded " + summary.path("upgraded").asInt(),
        "known " + summary.path("known").asInt(),
        "skipped " + skipped,
        "broken " + summary.path("broken").asInt());
  }

  @Test
  void filesAndFoldersEndInTheSameTreeOnce() throws Exception {
    byte[] first = fit(1);
    file("watch/a.fit", first);
    file("watch/deep/b.fit.gz", gzip(fit(2)));
    file("watch/copy.fit", first);
    file("watch/notes.txt", "shoes".getBytes());
    file("watch/ride.fit", FitSamples.activity(BulkExportSample.start(9), new Sport(2, 0), 20));
    file("watch/cut.fit", java.util.Arrays.copyOf(first, first.length - 20));

    Run dry = run("import", "watch", "--dry-run", "--json");
    assertThat(counts(summary(dry)))
        .containsExactly("imported 2", "upgraded 0", "known 1", "skipped 2", "broken 1");
    assertThat(folder.resolve("data")).doesNotExist();

    Run run = run("import", "watch", "--json");

    assertThat(counts(summary(run)))
        .containsExactly("imported 2", "upgraded 0", "known 1", "skipped 2", "broken 1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(reasons(summary(run)))
        .containsEntry("ride.fit", "skipped: Ride is not wanted (strava.sport-types)")
        .hasEntrySatisfying("cut.fit", why -> assertThat(why).startsWith("broken: a FIT file that"))
        .hasEntrySatisfying(
            "notes.txt", why -> assertThat(why).startsWith("skipped: neither FIT nor GPX"))
        .hasEntrySatisfying("copy.fit", why -> assertThat(why).startsWith("known: "));
    assertThat(bed.files())
        .containsExactly("2020/01/20200101T150000Z.fit", "2020/01/20200101T220000Z.fit");
    assertThat(Files.readAllBytes(bed.downloads().resolve("2020/01/20200101T150000Z.fit")))
        .isEqualTo(first);
    assertThat(kept()).isEmpty();

    Run again = run("import", "watch", "--json");
    assertThat(counts(summary(again)))
        .containsExactly("imported 0", "upgraded 0", "known 3", "skipped 2", "broken 1");
    assertThat(bed.files()).hasSize(2);
  }

  private List<Path> kept() throws IOException {
    try (var files = Files.list(folder.resolve("data/exports"))) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExportIsReadInEveryLanguage(Language language) throws Exception {
    BulkExportSample sample = new BulkExportSample(language).runs(5).ride(77);
    if (language == Language.GERMAN) {
      sample.withByteOrderMark();
    }
    sample.zip(folder.resolve("export.zip"));

    Run run = run("import", "export.zip", "--json");

    assertThat(counts(summary(run)))
        .containsExactly("imported 5", "upgraded 0", "known 0", "skipped 1", "broken 0");
    assertThat(run.exitCode()).isZero();
    assertThat(bed.files())
        .containsExactly(
            "2020/01/1001.fit",
            "2020/01/1002.fit",
            "2020/01/1003.fit",
            "2020/01/1004.fit",
            "2020/01/1005.fit");
    assertThat(Files.readAllBytes(bed.downloads().resolve("2020/01/1001.fit"))).isEqualTo(fit(1));
    assertThat(run("trace", "1001").out()).contains("delivered from archive");
    assertThat(counts(summary(run("import", "export.zip", "--json"))))
        .containsExactly("imported 0", "upgraded 0", "known 5", "skipped 1", "broken 0");
  }

  @Test
  void eachOddityOfAnExportHasAClearOutcome() throws Exception {
    byte[] shared = fit(100);
    byte[] page = "<html>gone</html>".getBytes();
    BulkExportSample sample =
        new BulkExportSample(Language.ENGLISH)
            .runs(2)
            .row(2001, "By hand", "")
            .row(2002, "Error", "#error#")
            .row(2003, "Missing", "activities/none.fit.gz")
            .row(2004, "Triathlon, part 1", "activities/shared.fit")
            .row(2005, "Triathlon, part 2", "activities/shared.fit")
            .file("activities/shared.fit", shared)
            .row(1001, "The same id again", "activities/other.fit")
            .file("activities/other.fit", fit(101))
            .file("activities/unnamed.fit.gz", gzip(fit(102)))
            .row(2006, "A page", "activities/page.fit")
            .file("activities/page.fit", page)
            .row(2007, "activities/90001.fit.gz", "activities/titled.fit")
            .file("activities/titled.fit", fit(103))
            .row(2008, "Empty", "activities/empty.fit")
            .file("activities/empty.fit", new byte[0])
            .row(2009, "Escape", "activities/../../../escape.fit")
            .file("activities/../../../escape.fit", fit(104))
            .row(2010, "Course", "activities/nothing.tcx.gz")
            .file("activities/nothing.tcx.gz", gzip("   <?xml version='1.0'?>".getBytes()));
    sample.folder(folder.resolve("unpacked/export"));
    sample.zip(folder.resolve("export.zip"));

    JsonNode summary = summary(run("import", "export.zip", "--json"));

    assertThat(reasons(summary))
        .containsEntry("activity 2001", "skipped: it has no file: it was entered by hand")
        .containsEntry("activity 2002", "skipped: Strava could not export its file (#error#)")
        .containsEntry(
            "activities/none.fit.gz of activity 2003",
            "skipped: the archive does not have its file")
        .containsEntry(
            "activities/shared.fit of activity 2005", "known: activity 2004 has the same file")
        .hasEntrySatisfying("activities/other.fit", why -> assertThat(why).contains("1001"))
        .containsEntry("activities/page.fit", "broken: an HTML page instead of an activity's file")
        .containsEntry("activities/empty.fit", "broken: an empty file")
        .hasEntrySatisfying(
            "activities/nothing.tcx.gz", why -> assertThat(why).startsWith("broken: "));
    assertThat(bed.files())
        .containsExactly(
            "2020/01/1001.fit",
            "2020/01/1002.fit",
            "2020/01/2004.fit",
            "2020/01/2007.fit",
            "2020/01/2009.fit",
            "2020/01/20200131T020000Z.fit");
    assertThat(folder.getParent().resolve("escape.fit")).doesNotExist();
    assertThat(counts(summary(run("import", "unpacked/export", "--json"))))
        .contains("imported 0", "known 7");
  }

  @Test
  void rowsAreFoundInTablesThatAreHardToRead() throws Exception {
    String table =
        "1001,\"Nov 20, 2026\",\"He said \\\"go, now\\\", then left\",Run,\"a \"\"b\"\" \\\\\",activities/1.fit\n"
            + "1002,x,C:\\,Run,\"ends in a backslash\\\",activities/2.fit\r\n"
            + "\n"
            + "1003,x,\"two\nlines\",Run,activities/3.fit\n"
            + "nonsense\n"
            + "1004";
    new BulkExportSample(Language.ENGLISH)
        .table(table)
        .file("activities/1.fit", fit(1))
        .file("activities/2.fit", fit(2))
        .file("activities/3.fit", fit(3))
        .zip(folder.resolve("export.zip"));

    Run run = run("import", "export.zip", "--json");

    assertThat(bed.files())
        .as(run.out())
        .containsExactly("2020/01/1001.fit", "2020/01/1002.fit", "2020/01/1003.fit");
  }

  @Test
  void withoutHeaderOrTableTheFilesSayWhatTheyAre() throws Exception {
    new BulkExportSample(Language.GERMAN)
        .runs(2)
        .withoutHeader()
        .folder(folder.resolve("headless"));
    new BulkExportSample(Language.GERMAN).runs(3).withoutTable().zip(folder.resolve("bare.zip"));

    assertThat(summary(run("import", "headless", "--json")).path("imported").asInt()).isEqualTo(2);
    JsonNode bare = summary(run("import", "bare.zip", "--json"));

    assertThat(bare.path("remark").asText()).startsWith("activities.csv is missing");
    assertThat(counts(bare)).contains("imported 1", "known 2");
    assertThat(bed.files())
        .containsExactly("2020/01/1001.fit", "2020/01/1002.fit", "2020/01/20200102T050000Z.fit");
  }

  @Test
  void whatIsNoZipIsSaidToBeNone() throws Exception {
    byte[] zip =
        Files.readAllBytes(
            new BulkExportSample(Language.ENGLISH).runs(2).zip(folder.resolve("whole.zip")));
    file("cut.zip", java.util.Arrays.copyOf(zip, zip.length / 2));
    byte[] encrypted = zip.clone();
    for (int i = 0; i < encrypted.length - 4; i++) {
      if (encrypted[i] == 'P' && encrypted[i + 1] == 'K' && encrypted[i + 2] == 1) {
        encrypted[i + 8] |= 1;
      }
    }
    file("encrypted.zip", encrypted);
    file("text.zip", "no zip".getBytes(StandardCharsets.UTF_8));

    assertThat(run("import", "cut.zip").err())
        .contains("cut.zip cannot be imported: it is a damaged or incomplete zip")
        .hasLineCount(1);
    assertThat(run("import", "encrypted.zip").err()).contains("it is an encrypted zip");
    assertThat(run("import", "none.zip").err()).contains("there is no such file or folder");
    assertThat(run("import", "text.zip").out()).contains("1 skipped").contains("neither FIT");
    assertThat(run("import").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run("import", "--undo", "99").err()).contains("there is no import 99");
  }

  @Test
  void theAttributesThatMacOsAddsToAnArchiveAreNoBrokenFiles() throws Exception {
    byte[] attributes = {0, 5, 22, 7, 0, 2, 0, 0};
    new BulkExportSample(Language.ENGLISH)
        .runs(1)
        .file("activities/._1001.fit", attributes)
        .zip(folder.resolve("export.zip"));
    file("watch/run.fit", fit(7));
    file("watch/._run.fit", attributes);

    for (String path : List.of("export.zip", "watch")) {
      Run run = run("import", path);

      assertThat(run.exitCode()).as(run.out()).isZero();
      assertThat(run.out()).contains("skipped 1: it holds a file's attributes, from macOS");
    }
  }

  @Test
  void aBombIsBoundedAndTheRestGoesOn() throws Exception {
    bed.set("export.max-size", "100000");
    new BulkExportSample(Language.ENGLISH)
        .runs(2)
        .row(3001, "Bomb", "activities/bomb.fit.gz")
        .file("activities/bomb.fit.gz", gzip(new byte[50_000_000]))
        .row(3002, "Large", "activities/large.fit")
        .file("activities/large.fit", FitSamples.run(20_000))
        .zip(folder.resolve("export.zip"));

    JsonNode summary = summary(run("import", "export.zip", "--json"));

    assertThat(counts(summary)).contains("imported 2", "broken 2");
    assertThat(reasons(summary).get("activities/large.fit"))
        .isEqualTo("broken: the file has more than the 100000 bytes allowed");
  }

  @Test
  void anArchiveReplacesWhatWasWrittenFromStreams() throws Exception {
    bed.connect().start().subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    long id =
        bed.strava()
            .upload(SimulatedActivity.run(TestBed.ATHLETE).start(BulkExportSample.start(1)).build())
            .id();
    await().until(() -> !deliveries(id).isEmpty());
    Delivery before = deliveries(id).get(0);
    assertThat(before.provenance()).isEqualTo("streams");
    byte[] original = fit(1);
    new BulkExportSample(Language.ENGLISH)
        .row(id, "Run", "activities/1.fit")
        .file("activities/1.fit", original)
        .zip(folder.resolve("export.zip"));
    bed.strava().clearRequests();

    Run run = run("import", "export.zip", "--json");

    assertThat(counts(summary(run)))
        .containsExactly("imported 0", "upgraded 1", "known 0", "skipped 0", "broken 0");
    Delivery after = deliveries(id).get(0);
    assertThat(after.path()).isEqualTo(before.path());
    assertThat(after.provenance()).isEqualTo("archive");
    assertThat(after.sha256()).isEqualTo(Sha256.of(original));
    assertThat(Files.readAllBytes(bed.downloads().resolve(after.path()))).isEqualTo(original);
    assertThat(bed.strava().count("GET", "/api/v3/activities/**")).isZero();
    assertThat(kept()).isEmpty();
  }

  private List<Delivery> deliveries(long id) {
    return bed.service().deliveries().of(Long.toString(id));
  }

  @Test
  void aFileIsRecognisedWhenStravaAnnouncesItsActivity() throws Exception {
    bed.connect().start().subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    Instant start = Instant.parse("2026-11-20T18:02:05Z");
    file("run.fit", FitSamples.activity(start, new Sport(1, 0), 30));
    file("ride.fit", FitSamples.activity(start, new Sport(2, 0), 30));
    bed.stop();
    bed.set("strava.sport-types", "*").start();
    bed.subscribe();
    assertThat(run("import", "run.fit", "ride.fit").exitCode()).isZero();
    assertThat(bed.files())
        .containsExactly("2026/11/20261120T180205Z-2.fit", "2026/11/20261120T180205Z.fit");

    long id =
        bed.strava()
            .upload(SimulatedActivity.run(TestBed.ATHLETE).start(start.plusSeconds(40)).build())
            .id();

    await()
        .until(() -> !deliveries(id).isEmpty() && bed.files().contains("2026/11/" + id + ".fit"));
    await()
        .untilAsserted(
            () ->
                assertThat(run("trace", Long.toString(id)).out())
                    .contains("done: its file was imported before: file:2026/11/" + id + ".fit"));
    assertThat(bed.files())
        .containsExactly("2026/11/" + id + ".fit", "2026/11/20261120T180205Z-2.fit");
    assertThat(bed.strava().count("GET", "/api/v3/activities/" + id + "/streams")).isZero();
    assertThat(deliveries(id).get(0).sha256())
        .isEqualTo(Sha256.of(FitSamples.activity(start, new Sport(1, 0), 30)));
    assertThat(run("import", "run.fit").out()).contains("1 known already");
    assertThat(run("import", "--undo", "1").out()).contains("import 1: 0 of 0");
    assertThat(bed.files()).contains("2026/11/" + id + ".fit");
  }

  @Test
  void anImportIsTakenBackAsAWholeAndNothingElse() throws Exception {
    file("one/mine.fit", fit(1));
    assertThat(run("import", "one").out()).contains("import 1, ", "--undo 1");
    new BulkExportSample(Language.ENGLISH).runs(3).ride(50).zip(folder.resolve("export.zip"));
    JsonNode second = summary(run("import", "export.zip", "--json"));
    assertThat(second.path("id").asInt()).isEqualTo(2);
    assertThat(bed.files()).hasSize(3);

    Run undo = run("import", "--undo", "2");

    assertThat(undo.exitCode()).as(undo.out() + undo.err()).isZero();
    assertThat(undo.out()).contains("import 2: 2 of 2 activities removed");
    assertThat(run("import", "--retry", "2").err()).contains("import 2 was undone");
    assertThat(bed.files()).hasSize(1);
    assertThat(run("import", "--undo", "2").out()).contains("0 of 0");
    assertThat(run("status").exitCode()).isNotEqualTo(ExitCode.WRONG_USAGE);
    JsonNode third = summary(run("import", "export.zip", "--json"));
    assertThat(counts(third)).contains("imported 2", "known 1");
  }

  @Test
  void brokenFilesAreTriedAgainAlone() throws Exception {
    file("files/good.fit", fit(1));
    Path broken = file("files/bad.fit", "no".getBytes());
    Run first = run("import", "files");
    assertThat(first.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(first.out()).contains("broken bad.fit: neither FIT", "--retry 1");
    Files.write(broken, fit(2));

    Run retry = run("import", "--retry", "1", "--json");

    assertThat(counts(summary(retry)))
        .containsExactly("imported 2", "upgraded 0", "known 0", "skipped 0", "broken 0");
    assertThat(bed.files()).hasSize(2);
  }

  @Test
  void duplicatesAreRecognisedByStartSportAndDuration() throws Exception {
    Instant start = BulkExportSample.start(5);
    file("a/phone.fit", FitSamples.activity(start, new Sport(1, 0), 600));
    file("b/watch.fit", FitSamples.activity(start.plusSeconds(20), new Sport(1, 0), 610));
    file("c/stopped.fit", FitSamples.activity(start.plusSeconds(5), new Sport(1, 0), 60));
    run("import", "a");

    assertThat(run("import", "b").out()).contains("0 imported").contains("1 known already");
    assertThat(run("import", "c").out()).contains("1 imported");
    assertThat(bed.files()).hasSize(2);
  }

  @Test
  void besideAServiceItsWorkersDeliver() throws Exception {
    bed.start();
    new BulkExportSample(Language.FRENCH).runs(120).zip(folder.resolve("export.zip"));

    Run run = run("import", "export.zip", "--json");

    assertThat(counts(summary(run))).contains("imported 120");
    assertThat(bed.files()).hasSize(120);
    assertThat(
            bed.service()
                .ledger()
                .read()
                .sql(
                    "select count(*) from recording where title like 'Run %' and details_at is null")
                .query(Integer.class)
                .single())
        .isEqualTo(120);
  }

  private static final String GPX =
      """
      <?xml version="1.0"?>
      <gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
      <trk><type>running</type><trkseg>
      <trkpt lat="48.1" lon="11.5"><time>2024-05-01T06:00:00Z</time></trkpt>
      <trkpt lat="48.101" lon="11.5"><time>2024-05-01T06:01:00Z</time></trkpt>
      <trkpt lat="48.102" lon="11.5"><time>2024-05-01T06:02:00Z</time></trkpt>
      </trkseg></trk></gpx>
      """;

  @Test
  void gpxBecomesFitAndIsKeptBesideItWhereWanted() throws Exception {
    new BulkExportSample(Language.ENGLISH)
        .row(4001, "By phone", "activities/4.gpx.gz")
        .file("activities/4.gpx.gz", gzip(GPX.getBytes(StandardCharsets.UTF_8)))
        .row(4002, "Without times", "activities/5.gpx")
        .file("activities/5.gpx", GPX.replaceAll("<time>.*</time>", "").getBytes())
        .zip(folder.resolve("export.zip"));
    bed.set("import.convert", "false");
    assertThat(run("import", "export.zip").out())
        .contains("0 converted")
        .contains("skipped 2: GPX is not converted (import.convert)");
    bed.set("import.convert", "true").set("fit.keep-foreign-originals", "true");

    Run run = run("import", "export.zip", "--json");

    assertThat(summary(run).path("converted").asInt()).as(run.out()).isEqualTo(1);
    assertThat(reasons(summary(run)).get("activities/5.gpx")).startsWith("skipped: ");
    assertThat(bed.files()).containsExactly("2024/05/4001.fit", "2024/05/4001.gpx");
    assertThat(Files.readString(bed.downloads().resolve("2024/05/4001.gpx"))).isEqualTo(GPX);
    assertThat(run("trace", "4001").out()).contains("(converted, ");
    assertThat(kept()).isEmpty();
    assertThat(summary(run("import", "export.zip", "--json")).path("known").asInt()).isEqualTo(1);
    assertThat(run("import", "--undo", "2").exitCode()).isZero();
    assertThat(bed.files()).isEmpty();
  }

  @Test
  void aTreeIsAdoptedWhereItIs() throws Exception {
    file("downloads/old/17000001.fit", fit(1));
    file("downloads/old/20200101-evening.fit", fit(2));
    file("downloads/old/20200102.fit", fit(3));
    file("downloads/old/page.fit", "no".getBytes());
    file("elsewhere/x.fit", fit(4));

    assertThat(run("adopt", "elsewhere").err()).contains("is outside download.base-dir");
    assertThat(run("adopt", "none").err()).contains("there is no folder");
    assertThat(run("adopt", "downloads", "--dry-run").out()).contains("3 would be imported");
    assertThat(bed.ledgerFile()).doesNotExist();

    Run run = run("adopt", "downloads");

    assertThat(run.out())
        .contains("3 imported, 0 known already, 1 not imported")
        .contains("not imported: " + folder.resolve("downloads/old/page.fit"));
    assertThat(run("adopt", "downloads").out()).contains("0 imported, 3 known already");
    assertThat(bed.files()).hasSize(4);
    assertThat(run("trace", "17000001").out()).contains("file at file: old/17000001.fit");
    assertThat(run("import", "downloads").out()).contains("0 imported").contains("3 known");
  }

  @Test
  void aWatchedFolderIsImportedAsItFills() throws Exception {
    file("watched/first.fit", fit(1));
    bed.set("import.watch", folder.resolve("watched").toString())
        .setForCamel("watch-folder.delay", "200")
        .start();
    await().until(() -> bed.files().size() == 1);
    file("watched/deep/second.fit.gz", gzip(fit(2)));
    file("watched/notes.txt", "shoes".getBytes());

    await().until(() -> bed.files().size() == 2);

    assertThat(folder.resolve("watched/first.fit")).hasBinaryContent(fit(1));
    bed.stop();
    file("watched/third.fit", fit(3));
    bed.start();
    await().until(() -> bed.files().size() == 3);
    assertThat(
            bed.service()
                .ledger()
                .read()
                .sql("select count(*) from import_entry")
                .query(Integer.class)
                .single())
        .as("each was read once")
        .isEqualTo(4);
  }

  @Test
  void aLedgerOnAServerKnowsImportsTheSameWay() throws Exception {
    bed.set("database.url", Database.POSTGRESQL.url(folder));
    file("one/run.fit", fit(2));
    run("import", "one");
    new BulkExportSample(Language.CZECH).runs(3).ride(9).zip(folder.resolve("export.zip"));

    JsonNode summary = summary(run("import", "export.zip", "--json"));

    assertThat(counts(summary)).contains("imported 2", "known 1", "skipped 1");
    assertThat(bed.files())
        .containsExactly("2020/01/1001.fit", "2020/01/1002.fit", "2020/01/1003.fit");
    assertThat(run("import", "--undo", "2").out()).contains("2 of 2");
    assertThat(bed.files()).containsExactly("2020/01/1002.fit");
    file("downloads/old/17000001.fit", fit(8));
    assertThat(run("adopt", "downloads").out()).contains("1 imported, 1 known already");
  }

  @Test
  void aFileIsAlsoRecognisedByItsContent() throws Exception {
    bed.connect().set("strava.session-cookie", bed.strava().sessionCookie(TestBed.ATHLETE));
    bed.start().subscribe();
    await().until(() -> !bed.service().athletes().all().isEmpty());
    Instant start = Instant.parse("2026-11-20T18:02:05Z");
    Path original = file("run.fit", FitSamples.activity(start, new Sport(1, 0), 30));
    assertThat(run("import", "run.fit").exitCode()).isZero();

    SimulatedActivity cropped =
        bed.strava()
            .upload(
                SimulatedActivity.run(TestBed.ATHLETE)
                    .start(start.plusSeconds(600))
                    .originalFile(original)
                    .build());

    await().until(() -> !deliveries(cropped.id()).isEmpty());
    await().until(() -> bed.files().equals(List.of("2026/11/" + cropped.id() + ".fit")));
  }
}
