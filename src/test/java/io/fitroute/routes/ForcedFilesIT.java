package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Delivered files are forced to disk together with the folders whose entries changed, because only
 * then do they survive a power failure. Java's flight recorder shows what was forced.
 */
class ForcedFilesIT {

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("on-delete", "trash");
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void aDeliveredFileIsForcedBeforeItHasItsNameAndSoIsEachNewFolder() throws Exception {
    pipeline.start();

    List<String> forced = forced(() -> end(pipeline.upload(SimulatedActivity.run(ANN))));

    assertThat(forced)
        .contains("", "downloads", "downloads/2026", "downloads/2026/11")
        .anyMatch(file -> file.matches("downloads/2026/11/[.]fitroute-.+"));
  }

  @Test
  void aFileInTheTrashIsForcedOutOfItsOldFolderAndIntoItsNewOne() throws Exception {
    pipeline.start();
    long run = end(pipeline.upload(SimulatedActivity.run(ANN)));

    List<String> forced =
        forced(
            () -> {
              pipeline.strava().delete(run);
              return pipeline.end(run, 2).id();
            });

    assertThat(pipeline.bed().files()).singleElement().asString().startsWith("trash/");
    assertThat(forced)
        .contains("downloads", "downloads/trash", "downloads/2026/11", "downloads/trash/2026/11");
  }

  @Test
  void anExportThatIsKeptForAnotherSinkIsForced() throws Exception {
    pipeline.set("fit.sinks", "file,webdav").set("webdav.url", "http://127.0.0.1:1/dav");
    pipeline.set("retry.sink-down", "1h").start();

    List<String> forced =
        forced(
            () -> {
              SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
              return pipeline.waiting(run.id()).id();
            });

    assertThat(forced).anyMatch(file -> file.matches("data/.*kept-[0-9]+[.]fit"));
  }

  private long end(SimulatedActivity run) {
    pipeline.end(run.id());
    return run.id();
  }

  /** What was forced to disk below the test's folder during an action, in no particular order. */
  private List<String> forced(Supplier<Long> action) throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
      recording.start();
      action.get();
      recording.stop();
      Path file = folder.resolve("forced.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .map(event -> Path.of(event.getString("path")))
          .filter(path -> path.startsWith(folder))
          .map(path -> folder.relativize(path).toString())
          .toList();
    }
  }
}
