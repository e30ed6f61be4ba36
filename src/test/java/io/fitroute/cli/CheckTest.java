package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.fit.Activity;
import io.fitroute.fit.ActivityFileWriter;
import io.fitroute.fit.FileId;
import io.fitroute.fit.Lap;
import io.fitroute.fit.LapTrigger;
import io.fitroute.fit.Session;
import io.fitroute.fit.Sport;
import io.fitroute.fit.Summary;
import io.fitroute.fit.TimerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

  @TempDir Path folder;

  @BeforeEach
  void writeFile() throws IOException {
    Instant start = Instant.parse("2026-11-20T06:02:11Z");
    Summary summary = Summary.builder().distance(10_042.6).build();
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
    return Run.of(Run.surroundings(Map.of(), folder), all);
  }

  @Test
  void aValidFileIsDescribed() {
    Run run = check("run.fit");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "run.fit  valid FIT: running, treadmill, 2026-11-20T06:02:11Z, 1:01:01, 10.04 km,"
                + " 0 records, by watch [31m");
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
