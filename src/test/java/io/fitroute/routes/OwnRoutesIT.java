package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.delivery.Resends;
import io.fitroute.delivery.Upgrades;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.NewEvent;
import io.fitroute.runtime.CannotStart;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engineer puts into routes/own. */
class OwnRoutesIT {

  private static final String AFTER =
      """
      - route:
          id: %s
          description: Notes each delivery in a file, if there is a folder for it.
          from:
            uri: direct:%s
            steps:
              - setBody:
                  expression:
                    simple:
                      expression: "${variable.activity_id} ${variable.title} ${variable.places} ${variable.provenance}\\n"
                      trim: false
              - to:
                  uri: file:%s
                  parameters:
                    autoCreate: false
                    directoryMustExist: true
                    fileExist: Append
                    fileName: deliveries.txt
      """;

  @TempDir Path folder;
  private Path home;
  private Pipeline pipeline;

  @BeforeEach
  void prepare() throws IOException {
    home = TestBed.copyHome(folder.resolve("home"));
    pipeline = new Pipeline(TestBed.prepare(folder.resolve("bed")).setHome(home));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private void own(String name, String text) throws IOException {
    Files.writeString(home.resolve("routes/own").resolve(name), text);
  }

  private List<String> states(long activity) {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql("select state from event where object_type = 'delivered' and object_id = ?")
        .param(Long.toString(activity))
        .query(String.class)
        .list();
  }

  @Test
  void aFileOfAShippedNameTakesItsPlaceAndAMistakeThereRepeatsNoDelivery() throws Exception {
    Path notes = folder.resolve("notes");
    own("after-delivery.camel.yaml", AFTER.formatted("after-delivery", "after-delivery", notes));
    pipeline.set("retry.failing", "20ms,20ms,50ms,50ms,100ms,200ms,500ms,1s,2s,2s,2s").start();

    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN).name("Jog"));

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    pipeline.event(run.id(), 2, event -> event.failures() > 1);
    assertThat(states(run.id())).containsExactly("pending");
    Files.createDirectories(notes);
    pipeline.end(run.id(), 2);
    assertThat(states(run.id())).containsExactly("done");
    String place = "file:" + Pipeline.defaultPath(run);
    assertThat(notes.resolve("deliveries.txt"))
        .hasContent(run.id() + " Jog " + place + " original");
    assertThat(pipeline.exportRequests(run.id())).isOne();
  }

  @Test
  void itIsCalledAgainAfterAnUpgradeAndAfterAResend() throws Exception {
    Path notes = Files.createDirectories(folder.resolve("notes"));
    own("after-delivery.camel.yaml", AFTER.formatted("after-delivery", "after-delivery", notes));
    String session = pipeline.strava().sessionCookie(ANN);
    pipeline
        .set("strava.session-cookie", "")
        .set("sink.attic.type", "file")
        .set("sink.attic.directory", folder.resolve("attic").toString())
        .start();
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN).name("Jog"));
    pipeline.end(run.id(), 2);
    String id = Long.toString(run.id());
    String athlete = Long.toString(ANN);

    pipeline.set("strava.session-cookie", session).restart();
    accept(Upgrades.request(new Upgrades.Upgradable(id, athlete, ""), Pipeline.eventTime()));
    pipeline.end(run.id(), 4);
    accept(
        Resends.request(
            new Resends.Resendable(id, athlete, "", false), "attic", Pipeline.eventTime()));
    pipeline.end(run.id(), 6);

    String path = Pipeline.defaultPath(run);
    assertThat(Files.readAllLines(notes.resolve("deliveries.txt")))
        .containsExactly(
            id + " Jog file:" + path + " streams",
            id + " Jog file:" + path + " original",
            id + " Jog attic:" + path + ", file:" + path + " original");
  }

  private void accept(NewEvent event) {
    pipeline.bed().service().inbox().accept(event).join();
  }

  @Test
  void asShippedNothingHappensAfterADelivery() {
    pipeline.start();

    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    assertThat(states(run.id())).isEmpty();
  }

  @Test
  void aRouteThatIsThereTwiceStopsTheStartAndBothFilesAreNamed() throws Exception {
    own("mine.camel.yaml", AFTER.formatted("after-delivery", "mine", "/tmp"));

    assertThatThrownBy(() -> pipeline.bed().start())
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("duplicate route after-delivery")
        .hasMessageContaining("routes/own/mine.camel.yaml")
        .hasMessageContaining("routes/after-delivery.camel.yaml");
  }

  @Test
  void aBeanThatIsThereTwiceStopsTheStart() throws Exception {
    String bean = "- beans:\n    - name: clerk\n      type: java.util.ArrayList\n";
    own("one.camel.yaml", bean);
    own("two.camel.yaml", bean);

    assertThatThrownBy(() -> pipeline.bed().start())
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("duplicate bean clerk")
        .hasMessageContaining("routes/own/one.camel.yaml")
        .hasMessageContaining("routes/own/two.camel.yaml");
  }
}
