package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.fit.FitCheck;
import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export is kept while a sink does not take it, and fetched again only if it is damaged. */
class KeptExportIT {

  @TempDir Path folder;
  private Pipeline pipeline;
  private Path inTheWay;

  @BeforeEach
  void start() throws Exception {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("retry.sink-down", "1h").start();
    Files.createDirectories(pipeline.bed().downloads());
    inTheWay = Files.writeString(pipeline.bed().downloads().resolve("2026"), "no folder");
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private Path kept(SimulatedActivity run) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files
          .filter(file -> file.getFileName().toString().equals("kept-" + run.id() + ".fit"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void tryAgain(SimulatedActivity run) throws Exception {
    Files.deleteIfExists(inTheWay);
    long event = pipeline.events(run.id()).get(0).id();
    assertThat(pipeline.bed().service().inbox().outcomes().replay(List.of(event))).isOne();
    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
  }

  @Test
  void aWholeOneIsDelivered() throws Exception {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    pipeline.waiting(run.id());
    byte[] kept = Files.readAllBytes(kept(run));

    tryAgain(run);

    assertThat(delivered(run)).hasBinaryContent(kept);
    assertThat(pipeline.exportRequests(run.id())).isOne();
  }

  @Test
  void aDamagedOneIsNot() throws Exception {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    pipeline.waiting(run.id());
    byte[] damaged = Files.readAllBytes(kept(run));
    damaged[damaged.length / 2] ^= 1;
    Files.write(kept(run), damaged);

    tryAgain(run);

    new FitCheck().check(delivered(run));
    assertThat(pipeline.exportRequests(run.id())).isEqualTo(2);
  }

  @Test
  void oneThatIsCutShortIsNot() throws Exception {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    pipeline.waiting(run.id());
    Files.write(kept(run), new byte[0]);

    tryAgain(run);

    new FitCheck().check(delivered(run));
    assertThat(pipeline.exportRequests(run.id())).isEqualTo(2);
  }

  private Path delivered(SimulatedActivity run) {
    return pipeline.bed().downloads().resolve(Pipeline.defaultPath(run));
  }
}
