package io.fitroute.cli;

import static io.fitroute.runtime.TestBed.ATHLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup made beside a running service restores everything. */
class BackupCommandIT {

  @TempDir Path folder;

  private Run run(TestBed bed, String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  @Test
  void aCopyOfTheRunningServiceBringsItBackElsewhere() throws Exception {
    Files.writeString(folder.resolve(".env"), "STRAVA_MANUAL=skip\n");
    try (TestBed bed = TestBed.ready(folder)) {
      SimulatedActivity run = bed.strava().upload(SimulatedActivity.run(ATHLETE).build());
      await().until(() -> !bed.files().isEmpty());

      Run backup = run(bed, "backup", "copy");

      assertThat(backup.exitCode()).as(backup.err()).isZero();
      Path copy = folder.resolve("copy");
      try (Stream<Path> files = Files.list(copy)) {
        List<Path> all = files.sorted().toList();
        assertThat(all)
            .extracting(file -> file.getFileName().toString())
            .containsExactly(".env", "application.properties", "data.key", "fitroute.db");
        assertThat(all)
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo("rwx------");
      assertThat(run(bed, "backup", "copy").err()).contains("already contains a backup");
      assertThat(run(bed, "restore", "copy").err()).contains("is using");
      bed.strava().upload(SimulatedActivity.run(ATHLETE).start(Instant.now()).build());
      await().until(() -> bed.files().size() == 2);
      bed.stop();
      assertThat(run(bed, "restore", "nothing").err()).contains("contains no backup");

      assertThat(run(bed, "restore", "copy").exitCode()).isZero();

      assertThat(bed.ledgerFile().resolveSibling("fitroute.db.before-restore")).exists();
      bed.set("data.dir", folder.resolve("new").toString());
      assertThat(run(bed, "restore", "copy").exitCode()).isZero();
      bed.start();
      bed.subscribe();
      assertThat(bed.service().deliveries().of(Long.toString(run.id()))).hasSize(1);
      assertThat(run(bed, "doctor").out()).contains("Strava accepts the token");
      assertThat(run(bed, "download", Long.toString(run.id())).exitCode()).isZero();
      assertThat(bed.strava().count("GET", "/activities/" + run.id() + "/export_original")).isOne();
    }
  }
}
