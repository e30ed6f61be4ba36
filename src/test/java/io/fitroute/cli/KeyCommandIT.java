package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of the tokens: shown, rotated beside the service, wrong, lost. */
class KeyCommandIT {

  private static final String ANN = Long.toString(TestBed.ATHLETE);

  @TempDir Path folder;
  private TestBed bed;

  @AfterEach
  void close() {
    bed.close();
  }

  private Run run(String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private Path file() {
    return folder.resolve("data/data.key");
  }

  private void connect() {
    String code = bed.strava().authorize(TestBed.ATHLETE, "read,activity:read_all");
    assertThat(run("connect", "--code", code).exitCode()).isZero();
  }

  @Test
  void theServiceGoesOnWhileTheKeyIsRotated() throws Exception {
    bed = TestBed.ready(folder);
    await().until(() -> bed.service().athletes().find(ANN).isPresent());
    String before = Files.readString(file()).strip();

    Run rotated = run("key", "rotate");

    assertThat(rotated.exitCode()).as(rotated.err()).isZero();
    assertThat(rotated.out()).contains("in the file " + file(), "2 tokens were re-encrypted");
    assertThat(rotated.out() + run("key").out())
        .as("whole seconds")
        .containsPattern(
            "(?s)in use since [-0-9]{10} [:0-9]{8}[-+][0-9]{2}:[0-9]{2}\n.*in use since [-0-9]{10} [:0-9]{8}[-+][0-9]{2}:[0-9]{2}");
    String after = Files.readString(file()).strip();
    assertThat(after).isNotEqualTo(before);
    bed.strava().expireAccessToken(TestBed.ATHLETE);
    bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build());
    await().until(() -> bed.files().size() == 1);
    assertThat(bed.service().tokenStore().find(ANN).orElseThrow().accessToken())
        .isEqualTo(bed.strava().tokensOf(TestBed.ATHLETE).orElseThrow().accessToken());
    assertThat(run("key").out()).contains(rotated.out().substring(0, 12));
    assertThat(rotated.out() + run("key", "--json").out()).doesNotContain(before, after);
    assertThat(run("key", "turn").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void aWrongKeyIsOneLineThatSaysWhatToDoAndTheAthletesCanBeginAnew() throws Exception {
    bed = TestBed.prepare(folder);
    connect();
    String right = Files.readString(file());
    Files.writeString(file(), "a".repeat(64) + "\n");

    for (String[] command : new String[][] {{"serve"}, {"connect", "--code", "c"}, {"key"}}) {
      Run wrong = run(command);
      assertThat(wrong.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      assertThat(wrong.err())
          .hasLineCount(1)
          .contains("encrypted with the key", "contains a different key", "./fitroute key reset")
          .doesNotContain("aaaa");
    }
    assertThat(run("doctor").out()).contains("not-configured  data key: the tokens in the ledger");
    assertThat(run("status").exitCode()).isZero();

    Files.writeString(file(), right);
    assertThat(run("key").exitCode()).isZero();

    Files.delete(file());
    Run reset = run("key", "reset");
    assertThat(reset.exitCode()).isZero();
    assertThat(reset.out()).contains("1 athlete to connect again");
    assertThat(run("status").out()).contains("must-reconnect (the key of its tokens was lost)");
    connect();
    assertThat(run("status").out()).contains("Ann Example: connected");
  }

  @Test
  void aKeyOfTheSettingsIsRotatedWhileTheServiceIsStopped() throws Exception {
    String first = "1".repeat(64);
    String second = "2".repeat(64);
    bed = TestBed.prepare(folder).set("data.key", first);
    connect();
    bed.start();

    Run besideService = run("key", "rotate");
    assertThat(besideService.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(besideService.err()).contains("stop it first").hasLineCount(1);
    bed.stop();
    Run same = run("key", "rotate");
    assertThat(same.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(same.err()).contains("set data.previous-key to it");

    Path secret = Files.writeString(folder.resolve("secret"), second + "\n");
    bed.set("data.key", "").set("data.key-file", secret.toString());
    bed.set("data.previous-key", first);
    assertThat(run("key", "rotate").out()).contains("in the setting data.key");
    bed.set("data.previous-key", "");
    assertThat(run("key").exitCode()).isZero();
    assertThat(file()).doesNotExist();
  }
}
