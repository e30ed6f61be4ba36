package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.garmin.fit.BufferEncoder;
import com.garmin.fit.FileIdMesg;
import com.garmin.fit.Fit;
import com.garmin.fit.RecordMesg;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.fit.Activity;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.FileId;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.Sport;
import io.fitroute.fit.SummaryField;
import io.fitroute.fit.TimerEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {

  @TempDir Path folder;

  @BeforeEach
  void writeFile() throws IOException {
    Instant start = Instant.parse("2026-11-20T06:02:11Z");
    Map<SummaryField, Double> summary = Map.of(SummaryField.DISTANCE, 10_042.6);
    Sport treadmill = new Sport(1, 1);
    FileId fileId =
        new FileId(
            FileId.DEVELOPMENT, 0, OptionalLong.empty(), start, Optional.of("watch\u001b[31m"));
    try (ActivityFileWriter writer =
        ActivityFileWriter.create(folder.resolve("run.fit"), fileId, Set.of())) {
      writer.timer(start, TimerEvent.START);
      writer.timer(start.plusSeconds(3661), TimerEvent.STOP_ALL);
      writer.lap(new Lap(start, 3661, 3600, LapTrigger.SESSION_END, treadmill, summary));
      writer.session(new Session(start, 3661, 3600, treadmill, Optional.empty(), summary));
      writer.finish(new Activity(start.plusSeconds(3661), 3600, Optional.empty()));
    }
  }

  private Run check(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "check";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Run.of(Run.environment(Map.of(), folder), all);
  }

  @Test
  void aValidFileIsDescribed() {
    Run run = check("run.fit");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "run.fit  valid FIT: running, treadmill, "
                + local("2026-11-20T06:02:11Z")
                + ", 1:01:01, 10.04 km, 0 records, by watch [31m");
  }

  private static String local(String utc) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx")
        .format(Instant.parse(utc).atZone(ZoneId.systemDefault()));
  }

  @Test
  void whatIsPackedIsLookedInto() throws IOException {
    byte[] run = Files.readAllBytes(folder.resolve("run.fit"));
    Files.write(folder.resolve("run.fit.gz"), gzipped(run));
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("export.zip")))) {
      write(zip, "activities.csv", "Activity ID".getBytes(StandardCharsets.UTF_8));
      write(zip, "activities/1.fit", run);
      write(zip, "activities/2.FIT.gz", gzipped(run));
      write(zip, "activities/3.fit", Arrays.copyOf(run, 50));
      write(zip, "activities/4.fit", run);
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("photos.zip")))) {
      write(zip, "photo.jpg", new byte[] {1});
    }
    Files.write(folder.resolve("cut.gz"), Arrays.copyOf(gzipped(run), 60));

    assertThat(check("run.fit.gz").out()).startsWith("run.fit.gz  valid FIT: running");
    Run archive = check("export.zip", "photos.zip", "cut.gz");
    assertThat(archive.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(archive.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("export.zip/activities/1.fit  valid FIT: "),
            line -> assertThat(line).startsWith("export.zip/activities/2.FIT.gz  valid FIT: "),
            line -> assertThat(line).startsWith("export.zip/activities/3.fit  not valid: "),
            line -> assertThat(line).startsWith("export.zip/activities/4.fit  valid FIT: "),
            line ->
                assertThat(line).isEqualTo("photos.zip  not valid: the zip contains no FIT file"),
            line -> assertThat(line).startsWith("cut.gz  not valid: "));
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  @ParameterizedTest
  @CsvSource({"5, workout", "6, course", "34, segment", "99, file type 99"})
  void otherFilesThanActivitiesAreNamed(int type, String name) throws IOException {
    BufferEncoder encoder = new BufferEncoder(Fit.ProtocolVersion.V1_0);
    FileIdMesg fileId = new FileIdMesg();
    fileId.setFieldValue(FileIdMesg.TypeFieldNum, (short) type);
    encoder.write(fileId);
    RecordMesg record = new RecordMesg();
    record.setDistance(5f);
    encoder.write(record);
    Files.write(folder.resolve("other.fit"), encoder.close());

    assertThat(check("other.fit").out()).contains("valid FIT: " + name + ",", " 1 record");
    assertThat(check("other.fit").out()).doesNotContain("1 records");
    assertThat(check("--json", "other.fit").out())
        .contains("\"type\":\"" + name.replace("file type ", "") + "\"");
  }

  @Test
  void theSessionsOfSeveralSportsAreListed() throws IOException {
    Instant start = Instant.parse("2026-11-20T06:02:11Z");
    FileId fileId =
        new FileId(FileId.DEVELOPMENT, 0, OptionalLong.empty(), start, Optional.empty());
    try (ActivityFileWriter writer =
        ActivityFileWriter.create(folder.resolve("two.fit"), fileId, Set.of())) {
      int number = 0;
      for (Sport sport : new Sport[] {new Sport(5, 18), new Sport(1, 0)}) {
        Instant begin = start.plusSeconds(600L * number++);
        Map<SummaryField, Double> summary = Map.of(SummaryField.DISTANCE, 1500.0 * number);
        writer.lap(new Lap(begin, 600, 600, LapTrigger.SESSION_END, sport, summary));
        writer.session(new Session(begin, 600, 600, sport, Optional.empty(), summary));
      }
      writer.finish(new Activity(start.plusSeconds(1200), 1200, Optional.empty()));
    }

    assertThat(check("two.fit").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("2 sessions", "0:20:00, 4.50 km"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "    swimming, open water, "
                            + local("2026-11-20T06:02:11Z")
                            + ", 0:10:00, 1.50 km"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "    running, " + local("2026-11-20T06:12:11Z") + ", 0:10:00, 3.00 km"));
    JsonNode parts =
        new ObjectMapper().readTree(check("--json", "two.fit").out()).at("/files/0/parts");
    assertThat(parts).hasSize(2);
    assertThat(parts.get(1).path("start_time").asText()).isEqualTo("2026-11-20T06:12:11Z");
  }

  @Test
  void bytesAfterTheLastChecksumAreCounted() throws IOException {
    Files.write(folder.resolve("run.fit"), new byte[4], StandardOpenOption.APPEND);

    assertThat(check("run.fit").out()).contains("valid FIT").contains("4 bytes after the last");
    Run run = check("--json", "run.fit");
    assertThat(run.exitCode()).isZero();
    assertThat(new ObjectMapper().readTree(run.out()).at("/files/0/trailing_bytes").asInt())
        .isEqualTo(4);
  }

  @Test
  void whatIsNotValidFailsAndSaysWhy() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("run.fit"));
    Files.write(folder.resolve("cut.fit"), Arrays.copyOf(bytes, bytes.length - 3));
    bytes[40] ^= 1;
    Files.write(folder.resolve("bad.fit"), bytes);
    Files.write(folder.resolve("empty.fit"), new byte[0]);

    Run run = check("run.fit", "cut.fit", "bad.fit", "empty.fit", "none.fit", ".");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("run.fit  valid FIT"),
            line -> assertThat(line).startsWith("cut.fit  not valid: the file ends at byte"),
            line -> assertThat(line).startsWith("bad.fit  not valid: "),
            line -> assertThat(line).startsWith("empty.fit  not valid: the file is empty"),
            line -> assertThat(line).isEqualTo("none.fit  not valid: there is no such file"),
            line -> assertThat(line).isEqualTo(".  not valid: it is a folder"));
  }

  @Test
  void theSameAsOneDocument() throws IOException {
    Run run = check("--json", "run.fit", "none.fit");

    JsonNode files = new ObjectMapper().readTree(run.out()).path("files");
    assertThat(files).hasSize(2);
    JsonNode file = files.get(0);
    assertThat(file.path("valid").asBoolean()).isTrue();
    assertThat(file.path("type").asText()).isEqualTo("activity");
    assertThat(file.path("sport").asText()).isEqualTo("running, treadmill");
    assertThat(file.path("start_time").asText()).isEqualTo("2026-11-20T06:02:11Z");
    assertThat(file.path("elapsed_time").asDouble()).isEqualTo(3661);
    assertThat(file.path("timer_time").asDouble()).isEqualTo(3600);
    assertThat(file.path("distance").asDouble()).isEqualTo(10_042.6);
    assertThat(file.path("laps").asInt()).isEqualTo(1);
    assertThat(files.get(1).path("valid").asBoolean()).isFalse();
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void itNeedsAFile() {
    assertThat(check().exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }
}
