package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.fit.Sport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest {

  private static final String GPX =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <gpx><trk><type>running</type><trkseg>
      <trkpt lat="48" lon="11"><time>2026-11-20T06:02:11Z</time></trkpt>
      <trkpt lat="48.001" lon="11"><time>2026-11-20T06:02:41Z</time></trkpt>
      <trkpt lat="48.001" lon="11"/>
      </trkseg></trk></gpx>
      """;

  private static final String TCX =
      """
      <TrainingCenterDatabase><Activities><Activity Sport="Biking">
      <Lap StartTime="2026-11-21T06:00:00Z"><TotalTimeSeconds>600</TotalTimeSeconds>
      <DistanceMeters>5000</DistanceMeters></Lap>
      </Activity></Activities></TrainingCenterDatabase>
      """;

  @TempDir Path folder;

  private Run convert(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "convert";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--out";
    all[arguments.length + 2] = "new/fit";
    return Run.of(Run.environment(Map.of(), folder), all);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private FitReport check(String name) throws Exception {
    return new FitCheck().check(folder.resolve("new/fit").resolve(name));
  }

  private Stream<String> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("new/fit"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @Test
  void gpxAndTcxBecomeFit() throws Exception {
    write("run.gpx", GPX);
    Files.write(folder.resolve("ride.tcx.gz"), gzipped(TCX));

    Run run = convert("run.gpx", "ride.tcx.gz");

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            "run.gpx  converted: new/fit/run.fit, 2 points, 1 lap",
            "    points left out because they have no usable time: 1 of 3",
            "ride.tcx.gz  converted: new/fit/ride.fit, 0 points, 1 lap");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(written()).containsExactly("ride.fit", "run.fit");
    assertThat(check("run.fit").startTime()).contains(Instant.parse("2026-11-20T06:02:11Z"));
    assertThat(check("run.fit").sport()).contains(new Sport(1, 0));
    assertThat(check("run.fit").records()).isEqualTo(2);
    assertThat(check("ride.fit").distance()).hasValue(5000);
  }

  @Test
  void aSecondTimeEverythingIsAlreadyThere() throws Exception {
    write("run.gpx", GPX);
    convert("run.gpx");

    Run run = convert("run.gpx", "new/fit/run.fit");

    assertThat(run.out().lines())
        .contains("run.gpx  already there: new/fit/run.fit, 2 points, 1 lap")
        .contains("new/fit/run.fit  already FIT");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(written()).containsExactly("run.fit");
  }

  @Test
  void aFileWithOtherContentIsNotOverwritten() throws Exception {
    write("run.gpx", GPX);
    Files.createDirectories(folder.resolve("new/fit"));
    write("new/fit/run.fit", "mine");

    Run run = convert("run.gpx");

    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "run.gpx  not converted: new/fit/run.fit exists already, with other content");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(folder.resolve("new/fit/run.fit")).hasContent("mine");
    assertThat(written()).containsExactly("run.fit");
  }

  @Test
  void whatIsInAZipIsConvertedAndStaysInTheFolder() throws Exception {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("export.zip")))) {
      for (String name :
          new String[] {"activities.csv", "a/1.gpx", "../../2.GPX", "a\\..\\3.gpx", "a/4.gpx.gz"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.endsWith("gz") ? gzipped(GPX) : GPX.getBytes(StandardCharsets.UTF_8));
      }
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("photos.zip")))) {
      zip.putNextEntry(new ZipEntry("photo.jpg"));
    }

    Run run = convert("export.zip", "photos.zip");

    assertThat(written()).containsExactly("1.fit", "2.fit", "3.fit", "4.fit");
    assertThat(run.out().lines())
        .contains("export.zip/a/1.gpx  converted: new/fit/1.fit, 2 points, 1 lap")
        .contains("photos.zip  not converted: the zip contains no GPX, TCX or FIT file");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void oneFailureDoesNotEndTheRun() throws Exception {
    write("run.gpx", GPX);
    write("cut.gpx", GPX.substring(0, 200));
    write("list.json", "[]");
    write("timeless.gpx", GPX.replaceAll("<time>.*?</time>", ""));
    write("bomb.gpx", "<!DOCTYPE gpx [<!ENTITY a 'b'>]>" + GPX.substring(GPX.indexOf("<gpx>")));

    Run run =
        convert("cut.gpx", "list.json", "timeless.gpx", "bomb.gpx", "none.gpx", ".", "run.gpx");

    assertThat(run.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("cut.gpx  not converted: an incomplete GPX"),
            line ->
                assertThat(line).isEqualTo("list.json  not converted: it is neither GPX nor TCX"),
            line ->
                assertThat(line).isEqualTo("timeless.gpx  not converted: the track has no times"),
            line -> assertThat(line).startsWith("bomb.gpx  not converted: it declares a document"),
            line -> assertThat(line).isEqualTo("none.gpx  not converted: there is no such file"),
            line -> assertThat(line).isEqualTo(".  not converted: it is a folder"),
            line -> assertThat(line).startsWith("run.gpx  converted"),
            line -> assertThat(line).startsWith("    points left out"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(written()).containsExactly("run.fit");
  }

  @Test
  void theSameAsOneDocument() throws Exception {
    write("run.gpx", GPX);
    write("timeless.gpx", "<gpx><trk><trkseg><trkpt/></trkseg></trk></gpx>");

    Run run = convert("run.gpx", "timeless.gpx", "--json");

    JsonNode files = new ObjectMapper().readTree(run.out()).path("files");
    assertThat(files).hasSize(2);
    assertThat(files.get(0).path("result").asText()).isEqualTo("converted");
    assertThat(files.get(0).path("output").asText()).isEqualTo("new/fit/run.fit");
    assertThat(files.get(0).path("points").asInt()).isEqualTo(2);
    assertThat(files.get(0).path("laps").asInt()).isEqualTo(1);
    assertThat(files.get(0).path("notes")).hasSize(1);
    assertThat(files.get(1).path("result").asText()).isEqualTo("failed");
    assertThat(files.get(1).path("problem").asText()).isEqualTo("the track has no times");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "run.gpx, run.fit",
    "a/b/run.TCX.gz, run.fit",
    "run, run.fit",
    "run.gz, run.fit",
    "my.run.xml, my.run.fit",
    ".., ...fit",
    "a/, .fit",
    "..\\..\\run.gpx, run.fit"
  })
  void theNameIsThatOfTheInput(String path, String name) {
    assertThat(ConvertCommand.fileName(path)).isEqualTo(name);
  }

  @Test
  void itNeedsAFileAndAFolderButNoSettings() throws Exception {
    assertThat(convert().exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    write("run.gpx", GPX);
    assertThat(Run.of(Run.environment(Map.of(), folder), "convert", "run.gpx").exitCode())
        .isEqualTo(ExitCode.WRONG_USAGE);
    write("file", "");
    Run run = Run.of(Run.environment(Map.of(), folder), "convert", "run.gpx", "--out", "file");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("fitroute: the folder file cannot be written");
  }

  @Test
  void whatADamagedZipHoldsBeforeTheDamageIsConvertedAndReported() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int whole;
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("1.gpx"));
      zip.write(GPX.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.flush();
      whole = bytes.size();
      zip.putNextEntry(new ZipEntry("2.gpx"));
      zip.write(GPX.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes.toByteArray(), whole + 80));

    Run run = convert("cut.zip");

    assertThat(run.out()).contains("cut.zip/1.gpx  converted: new/fit/1.fit");
    assertThat(run.out().lines().filter(line -> line.contains("not converted"))).isNotEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(written()).containsExactly("1.fit");
  }
}
