package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.cli.Environment;
import io.fitroute.cli.Program;
import io.fitroute.delivery.Deliveries;
import io.fitroute.delivery.Delivery;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The results of {@code fitroute verify} for a server without checksums. */
class VerifyIT {

  @TempDir Path folder;
  private WebDavStorage storage;
  private TestBed bed;

  @BeforeEach
  void deliverTwo() throws Exception {
    storage = new WebDavStorage(Files.createDirectories(folder.resolve("server")));
    bed = TestBed.prepare(folder.resolve("bed")).connect().set("fit.sinks", "webdav");
    storage.settings().forEach(bed::set);
    bed.set("strava.session-cookie", bed.strava().sessionCookie(TestBed.ATHLETE));
    bed.start().subscribe();
    bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).distance(501).build());
    bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).distance(502).build());
    await().until(() -> deliveries().size() == 2);
  }

  @AfterEach
  void stop() {
    bed.close();
    storage.close();
  }

  private List<Delivery> deliveries() {
    return Deliveries.all(bed.service().ledger(), Optional.empty());
  }

  private record Found(int exitCode, String out) {}

  private Found verify(String... options) {
    StringWriter out = new StringWriter();
    String[] arguments = new String[options.length + 1];
    arguments[0] = "verify";
    System.arraycopy(options, 0, arguments, 1, options.length);
    PrintWriter writer = new PrintWriter(out);
    Environment environment = new Environment(bed.environment(), bed.folder(), TestBed.home());
    int exitCode = new Program(environment, writer, writer).run(arguments);
    return new Found(exitCode, out.toString());
  }

  @Test
  void onlyWhoReadsEachFileFindsThatOneOfTheSameSizeIsAnother() throws Exception {
    Delivery changed = deliveries().get(0);
    byte[] content = storage.files().get(changed.path());
    content[content.length / 2] ^= 1;
    storage.put(changed.path(), content);

    assertThat(verify().out()).contains("2 of 2 files are as they were delivered");

    Found deep = verify("--deep");
    assertThat(deep.exitCode()).isEqualTo(1);
    assertThat(deep.out())
        .contains("webdav:" + changed.path() + "  different: its content differs")
        .contains("1 of 2 files are as they were delivered");
  }

  @Test
  void everyFormFindsTwoDeliveriesAtOnePath() {
    String path = deliveries().get(0).path();
    bed.service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql("update delivery set path = ? where activity_id = ?")
                    .params(path.replace(".fit", ".FIT"), deliveries().get(1).activityId())
                    .update());

    for (String[] options :
        new String[][] {{}, {"--deep"}, {"--sink", "webdav"}, {"--sink", "webdav", "--deep"}}) {
      Found found = verify(options);

      assertThat(found.exitCode()).isEqualTo(1);
      assertThat(found.out())
          .contains("webdav:" + path + "  shared: other activities have the same path")
          .contains("0 of 2 files are as they were delivered");
    }
    assertThat(verify("--json").out()).containsPattern("\"state\" ?: ?\"shared\"");
  }
}
