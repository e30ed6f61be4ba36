package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filling a new or emptied sink from others, and finding what is wrong at sinks. */
class ResendCommandIT {

  private static final long ATHLETE = TestBed.ATHLETE;

  @TempDir Path folder;

  private static Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), bed.folder()), arguments);
  }

  @Test
  void anotherSinkIsFilledWithoutAskingStravaAndVerified() throws Exception {
    try (TestBed bed = TestBed.prepare(folder.resolve("bed")).connect()) {
      bed.set("sink.attic.type", "file");
      bed.set("sink.attic.directory", folder.resolve("attic").toString());
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE));
      bed.start().subscribe();
      SimulatedActivity first = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
      SimulatedActivity second = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
      await().until(() -> bed.files().size() == 2);
      await()
          .until(
              () ->
                  bed.service().deliveries().of(Long.toString(first.id())).size() == 1
                      && bed.service().deliveries().of(Long.toString(second.id())).size() == 1);
      bed.strava().clearRequests();

      Run planned = run(bed, "resend", "--sink", "attic", "--dry-run");
      Run sent = run(bed, "resend", "--sink", "attic");

      assertThat(planned.out()).contains("planned", "not there yet");
      assertThat(sent.exitCode()).isZero();
      for (String path : bed.files()) {
        assertThat(folder.resolve("attic").resolve(path))
            .hasSameBinaryContentAs(bed.downloads().resolve(path));
      }
      assertThat(run(bed, "verify").out()).contains("4 of 4 files are as they were delivered");
      assertThat(run(bed, "resend", "--sink", "attic").out()).contains("already there");

      Path lost = folder.resolve("attic").resolve(bed.files().get(0));
      Path changed = folder.resolve("attic").resolve(bed.files().get(1));
      Files.delete(lost);
      Files.writeString(changed, "something else");
      Run found = run(bed, "verify", "--sink", "attic");
      assertThat(found.exitCode()).isEqualTo(1);
      assertThat(found.out()).contains("missing", "different", "resend --sink attic");
      Files.delete(changed);
      assertThat(run(bed, "resend", "--sink", "attic", "--json").exitCode()).isZero();
      assertThat(run(bed, "verify").exitCode()).isZero();
      assertThat(bed.strava().requests())
          .noneMatch(request -> request.path().contains("activities"));
    }
  }

  @Test
  void whereTheSinkDoesNotTakeOneItFails() throws Exception {
    try (TestBed bed = TestBed.prepare(folder.resolve("bed")).connect()) {
      bed.set("strava.session-cookie", bed.strava().sessionCookie(ATHLETE))
          .set("webdav.url", "http://127.0.0.1:1/dav")
          .set("retry.sink-down", "10ms");
      bed.start().subscribe();
      SimulatedActivity run = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
      await()
          .until(
              () -> bed.service().deliveries().of(Long.toString(run.id())).size(), is -> is == 1);

      Run resend = run(bed, "resend", "--sink", "webdav");

      assertThat(resend.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(resend.out()).contains("the sink webdav did not accept the file");
    }
  }

  @Test
  void aSinkThatThereIsNotIsWrongUsage() {
    Run run =
        Run.of(Run.environment(java.util.Map.of(), folder), "resend", "--sink", "nas", "--dry-run");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("allowed are file, ftp");
  }
}
