package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.CannotStart;
import io.fitroute.runtime.TestBed;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another sink is another file among the kamelets, and a name in a setting. */
class SinksIT {

  private static final String SHELF =
      """
      apiVersion: camel.apache.org/v1
      kind: Kamelet
      metadata:
        name: fit-shelf-sink
        labels:
          camel.apache.org/kamelet.type: sink
      spec:
        definition:
          title: FIT Shelf Sink
          description: Puts the file, the body, on a shelf, under its name alone.
          type: object
          required: [shelf]
          properties:
            shelf:
              title: Shelf
              description: A folder.
              type: string
        template:
          from:
            uri: kamelet:source
            steps:
              - to:
                  uri: file:{{shelf}}
                  parameters:
                    fileName: "${header.file.replace('/', '_')}"
      """;

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void copyHome() throws IOException {
    home = TestBed.copyHome(folder.resolve("home"));
  }

  private Pipeline pipeline(String sinks) {
    Pipeline pipeline = new Pipeline(TestBed.prepare(folder.resolve("bed")).setHome(home));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("sink.shelf.shelf", folder.resolve("shelf").toString());
    return pipeline.set("fit.sinks", sinks);
  }

  private void addShelf() throws IOException {
    Files.writeString(home.resolve("routes/kamelets/fit-shelf-sink.kamelet.yaml"), SHELF);
  }

  @Test
  void aKameletDroppedInIsASink() throws Exception {
    addShelf();
    try (Pipeline pipeline = pipeline("file,shelf").start()) {
      SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));

      EventRecord end = pipeline.end(run.id());

      String path = Pipeline.defaultPath(run);
      assertThat(end.reason())
          .isEqualTo("delivered from original: file:" + path + ", shelf:" + path);
      assertThat(folder.resolve("shelf/" + path.replace('/', '_')))
          .hasSameBinaryContentAs(pipeline.bed().downloads().resolve(path));
      assertThat(pipeline.detailsRequests(run.id())).isOne();
      assertThat(pipeline.exportRequests(run.id())).isOne();
    }
  }

  @Test
  void aSinkThatFailsDoesNotHoldBackTheOthersNorIsTheirWorkRepeated() throws Exception {
    addShelf();
    Path inTheWay = Files.writeString(folder.resolve("shelf"), "no folder");
    try (Pipeline pipeline = pipeline("file,shelf").start()) {
      SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
      Path delivered = pipeline.bed().downloads().resolve(Pipeline.defaultPath(run));

      EventRecord waiting = pipeline.waiting(run.id());
      assertThat(waiting.reason()).startsWith("the sink shelf did not accept the file: ");
      assertThat(pipeline.bed().files()).containsExactly(Pipeline.defaultPath(run));
      Object written = Files.getLastModifiedTime(delivered);
      Files.delete(inTheWay);

      assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
      assertThat(Files.getLastModifiedTime(delivered)).isEqualTo(written);
      assertThat(pipeline.bed().service().deliveries().of(Long.toString(run.id()))).hasSize(2);
      assertThat(pipeline.detailsRequests(run.id())).isOne();
    }
  }

  @Test
  void aSinkThatIsDownDoesNotHoldUpTheOneBehindItAndTheExportIsFetchedOnce() throws Exception {
    addShelf();
    Path inTheWay = Files.writeString(folder.resolve("shelf"), "no folder");
    try (Pipeline pipeline = pipeline("shelf,file").start()) {
      SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));

      assertThat(pipeline.waiting(run.id()).reason()).contains("shelf").doesNotContain("sink file");
      assertThat(pipeline.bed().files()).containsExactly(Pipeline.defaultPath(run));
      Files.delete(inTheWay);

      assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
      assertThat(pipeline.exportRequests(run.id())).isOne();
      assertThat(pipeline.detailsRequests(run.id())).isOne();
      assertThat(pipeline.bed().folder().resolve("data/exports")).isEmptyDirectory();
    }
  }

  @Test
  void aSinkThatWorksAgainGetsAllThatWaitsForItAtOnce() throws Exception {
    addShelf();
    Path inTheWay = Files.writeString(folder.resolve("shelf"), "no folder");
    try (Pipeline pipeline = pipeline("shelf,file").set("retry.sink-down", "1h").start()) {
      SimulatedActivity asked = pipeline.upload(SimulatedActivity.run(ANN));
      SimulatedActivity other = pipeline.upload(SimulatedActivity.run(ANN));
      pipeline.waiting(asked.id());
      pipeline.waiting(other.id());
      Files.delete(inTheWay);

      pipeline.request(asked.id());

      assertThat(pipeline.end(asked.id()).state()).isEqualTo(EventState.DONE);
      assertThat(pipeline.end(other.id()).state()).isEqualTo(EventState.DONE);
      assertThat(folder.resolve("shelf")).isDirectoryContaining("glob:**" + other.id() + ".fit");
    }
  }

  @Test
  void whatIsKeptForASinkOutlivesTheProcess() throws Exception {
    addShelf();
    Path inTheWay = Files.writeString(folder.resolve("shelf"), "no folder");
    try (Pipeline pipeline = pipeline("shelf,file").set("retry.sink-down", "1h").start()) {
      SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
      EventRecord waiting = pipeline.waiting(run.id());
      Files.delete(inTheWay);
      pipeline.restart();

      pipeline.bed().service().inbox().outcomes().replay(java.util.List.of(waiting.id()));

      assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
      assertThat(pipeline.exportRequests(run.id())).isOne();
      assertThat(pipeline.detailsRequests(run.id())).isOne();
      assertThat(folder.resolve("shelf")).isNotEmptyDirectory();
    }
  }

  @Test
  void aRouteMayChooseTheSinksByWhatAnActivityIs() throws Exception {
    addShelf();
    Files.writeString(
        home.resolve("routes/choose-sinks.camel.yaml"),
        """
        - route:
            id: choose-sinks
            description: Trail runs go to the shelf, too.
            from:
              uri: direct:choose-sinks
              steps:
                - choice:
                    when:
                      - expression:
                          simple:
                            expression: "${variable.sport_type} == 'TrailRun'"
                        steps:
                          - setVariable:
                              name: sinks
                              expression:
                                constant:
                                  expression: shelf
                    otherwise:
                      steps:
                        - setVariable:
                            name: sinks
                            expression:
                              constant:
                                expression: file
        """);
    try (Pipeline pipeline = pipeline("file").start()) {
      SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
      SimulatedActivity trail = pipeline.upload(SimulatedActivity.run(ANN).sportType("TrailRun"));

      assertThat(pipeline.end(run.id()).reason()).contains("file:").doesNotContain("shelf:");
      assertThat(pipeline.end(trail.id()).reason()).contains("shelf:").doesNotContain("file:");
      pipeline.create(trail.id());
      assertThat(pipeline.end(trail.id(), 2).reason()).startsWith("already delivered: shelf:");
      assertThat(pipeline.detailsRequests(trail.id())).isOne();
    }
  }

  @Test
  void aSinkAddedLaterGetsWhatTheFirstHasAlready() throws Exception {
    addShelf();
    try (Pipeline pipeline = pipeline("file").start()) {
      SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
      pipeline.end(run.id());
      pipeline.bed().stop();
      pipeline.set("fit.sinks", "file,shelf").start();

      pipeline.request(run.id());

      assertThat(pipeline.end(run.id(), 2).state()).isEqualTo(EventState.DONE);
      assertThat(folder.resolve("shelf")).isNotEmptyDirectory();
    }
  }

  @Test
  void aSinkThatLacksASettingOrALibraryStopsTheStart() throws IOException {
    Files.writeString(
        home.resolve("routes/kamelets/fit-shelf-sink.kamelet.yaml"),
        SHELF.replace(
            "  template:", "  dependencies: [\"camel:file\", \"camel:nowhere\"]\n  template:"));
    try (Pipeline pipeline = pipeline("file,shelf")) {
      assertThatThrownBy(() -> pipeline.bed().start())
          .isInstanceOf(InvalidSetting.class)
          .hasMessage(
              "fit.sinks names \"shelf\", which needs camel:nowhere, which is missing; get"
                  + " it into lib/ with: mvn -q dependency:copy-dependencies@library"
                  + " -Dlibrary=camel-nowhere");
      pipeline.set("fit.sinks", "sftp");
      assertThatThrownBy(() -> pipeline.bed().start())
          .isInstanceOf(InvalidSetting.class)
          .hasMessage("fit.sinks names \"sftp\", which needs sftp.host, which is not set");
    }
  }

  @Test
  void aNameThatIsNoSinkStopsTheStart() {
    try (Pipeline pipeline = pipeline("file,nas")) {
      assertThatThrownBy(() -> pipeline.bed().start())
          .isInstanceOf(InvalidSetting.class)
          .hasMessageContaining("fit.sinks names \"nas\"")
          .hasMessageContaining("allowed: ")
          .hasMessageContaining("file");
    }
  }

  @Test
  void aRouteThatCannotStartIsToldWithFileAndLine() throws Exception {
    Path route = home.resolve("routes/choose-sinks.camel.yaml");
    String good = Files.readString(route);
    try (Pipeline pipeline = pipeline("file")) {
      Files.writeString(route, good.replace("- setVariable:", "- setVarable:"));
      assertThatThrownBy(() -> pipeline.bed().start())
          .isInstanceOf(CannotStart.class)
          .hasMessageMatching("the routes do not start: " + route + ":\\d+: .*setVarable.*");
      Files.writeString(
          route,
          good.replace(
              "- setVariable:", "- to:\n            uri: kamelet:none\n        - setVariable:"));
      assertThatThrownBy(() -> pipeline.bed().start())
          .isInstanceOf(CannotStart.class)
          .hasMessageMatching("the routes do not start: " + route + ":\\d+: .*no kamelet none");
      Files.writeString(
          route,
          good.replace(
              "- setVariable:", "- to:\n            uri: direct:none\n        - setVariable:"));
      assertThatThrownBy(() -> pipeline.bed().start())
          .isInstanceOf(CannotStart.class)
          .hasMessageMatching(
              "the routes do not start: " + route + ":\\d+: no route starts with direct:none");
    }
  }
}
