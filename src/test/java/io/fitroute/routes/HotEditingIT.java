package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.LogLines;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.simulator.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes and kamelets that are edited while the service runs, as {@code serve --dev} has it. */
class HotEditingIT {

  private static final String DELIVER =
      """
      - route:
          id: choose-sinks
          description: Says under which names files go, and to which sinks.
          from:
            uri: direct:choose-sinks
            steps:
              - setVariable:
                  name: place
                  expression:
                    simple:
                      expression: "%s/${variable.activity_id}.fit"
              - setVariable:
                  name: sinks
                  expression:
                    constant:
                      expression: file
      """;

  @TempDir static Path folder;
  private static Path home;
  private static Pipeline pipeline;
  private LogLines log;

  @BeforeAll
  static void start() throws IOException {
    home = TestBed.copyHome(folder.resolve("home"));
    pipeline = new Pipeline(TestBed.prepare(folder.resolve("bed")).setHome(home));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN)).start();
    pipeline.bed().service().followFiles();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void putBack() throws IOException {
    Path original = TestBed.home();
    try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path model = original.resolve(home.relativize(file).toString());
        if (!Files.exists(model)) {
          edit(home.relativize(file).toString(), null);
        } else if (Files.mismatch(file, model) >= 0) {
          edit(home.relativize(file).toString(), Files.readString(model));
        }
      }
    }
    log.close();
    assertThat(log.all()).noneMatch(line -> line.contains("could not be loaded"));
  }

  /** Saves a file, or removes it, and waits for what is said of that. */
  private String edit(String file, String text) throws IOException {
    Path path = home.resolve(file);
    int before = said(path).size();
    if (text == null) {
      Files.delete(path);
    } else {
      Files.writeString(path, text);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> said(path).size() > before);
    return said(path).get(before);
  }

  private List<String> said(Path file) {
    return log.all().stream().filter(line -> line.contains(" " + file)).toList();
  }

  private String change(String file, String from, String to) throws IOException {
    String text = Files.readString(home.resolve(file));
    assertThat(text).contains(from);
    return edit(file, text.replace(from, to));
  }

  private static String delivered() {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    EventRecord end = pipeline.end(run.id());
    assertThat(end.state()).isEqualTo(EventState.DONE);
    return end.reason().replaceAll("^.*: file:|/[^/]*$", "");
  }

  /** The number of the first line that holds a text. */
  private static int line(String file, String text) throws IOException {
    List<String> lines = Files.readAllLines(home.resolve(file));
    for (int index = 0; index < lines.size(); index++) {
      if (lines.get(index).contains(text)) {
        return index + 1;
      }
    }
    throw new AssertionError(text + " is not in " + file);
  }

  @Test
  void aChangedRouteRunsAtOnce() throws Exception {
    assertThat(delivered()).isEqualTo("2026/11");

    String said = edit("routes/choose-sinks.camel.yaml", DELIVER.formatted("first"));

    assertThat(said).startsWith("INFO").endsWith("runs: choose-sinks");
    assertThat(delivered()).isEqualTo("first");
    edit("routes/choose-sinks.camel.yaml", DELIVER.formatted("second"));
    assertThat(delivered()).isEqualTo("second");
  }

  @Test
  void aChangedKameletRunsAtOnceAndABrokenOneDoesNot() throws Exception {
    delivered();
    String kamelet = "routes/kamelets/fit-file-sink.kamelet.yaml";
    String aside =
        """
            steps:
              - setHeader:
                  name: file
                  expression:
                    simple:
                      expression: "aside/${header.file}"
        """
            .indent(2)
            .stripTrailing();

    assertThat(change(kamelet, "      steps:\n        - choice:", aside + "\n        - choice:"))
        .startsWith("INFO");

    assertThat(delivered()).isEqualTo("aside/2026/11");
    String broken =
        change(kamelet, "fileName:", "loudness: \"9\"\n                              fileName:");
    assertThat(broken)
        .startsWith("WARN")
        .contains(
            home.resolve(kamelet)
                + ":"
                + line(kamelet, "loudness")
                + ": file knows no parameter loudness; the previous version keeps running");
    assertThat(delivered()).isEqualTo("aside/2026/11");
  }

  @Test
  void aMistakeIsToldWithFileAndLineAndMendingItHelps() throws Exception {
    String file = "routes/choose-sinks.camel.yaml";
    edit(file, DELIVER.formatted("good"));
    record Case(String from, String to, String at, String reason) {}
    String step = "        - setVariable:\n            name: sinks";
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("- setVariable:", "- setVariable: [", "description", "expected"));
    cases.add(new Case("name: sinks", "nmae: sinks", "nmae", "Unsupported field: nmae"));
    cases.add(
        new Case(
            step,
            "        - to:\n            uri: log:x\n            parameters:\n"
                + "              loudness: \"9\"\n"
                + step,
            "loudness",
            "log knows no parameter loudness"));
    cases.add(
        new Case(
            step,
            "        - to:\n            uri: kamelet:fit-cloud-sink\n" + step,
            "fit-cloud-sink",
            "there is no kamelet fit-cloud-sink"));
    cases.add(
        new Case(
            step,
            "        - bean:\n            ref: nobody\n            method: act\n" + step,
            "nobody",
            "there is no bean nobody"));
    cases.add(
        new Case(
            step,
            "        - to:\n            uri: direct:ask\n" + step,
            "direct:ask",
            "no route starts with direct:ask"));
    cases.add(
        new Case(
            "id: choose-sinks", "id: find-path", "id: find-path", "there is a route find-path"));
    for (Case one : cases) {
      String good = Files.readString(home.resolve(file));
      assertThat(good).contains(one.from());

      String said = change(file, one.from(), one.to());

      assertThat(said).startsWith("WARN").contains(one.reason()).doesNotContain("\n");
      if (one.reason().contains("expected")) {
        assertThat(said).containsPattern(":\\d+: ");
      } else {
        assertThat(said).contains(home.resolve(file) + ":" + line(file, one.at()) + ": ");
      }
      assertThat(delivered()).as(one.to()).isEqualTo("good");
      assertThat(edit(file, good)).startsWith("INFO");
    }
    edit(file, DELIVER.formatted("mended"));
    assertThat(delivered()).isEqualTo("mended");
  }

  @Test
  void eventsInWorkGetThroughWhileTheRouteThatTakesThemIsExchanged() throws Exception {
    List<SimulatedActivity> runs = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int one = 0; one < 8; one++) {
        runs.add(pipeline.upload(SimulatedActivity.run(ANN)));
      }
      change("routes/strava-events.camel.yaml", "processing ", "processing  ");
    }

    for (SimulatedActivity run : runs) {
      EventRecord end = pipeline.end(run.id());
      assertThat(end.state()).isEqualTo(EventState.DONE);
      assertThat(end.failures()).isZero();
    }
    assertThat(pipeline.bed().files()).noneMatch(path -> path.contains(".part"));
  }

  @Test
  void whatIsSaidOfErrorsHoldsForTheRoutesOfOtherFiles() throws Exception {
    change("routes/errors.camel.yaml", "reason: \"${exception.message}\"", "reason: lost in space");

    assertThat(pipeline.end(missing()).reason()).contains("lost in space");
  }

  /** An activity of an athlete who is not known. */
  private static long missing() {
    SimulatedActivity run = pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());
    pipeline.strava().deliver(WebhookEvent.created(run.id(), 99, Pipeline.eventTime()));
    return run.id();
  }

  @Test
  void filesMayComeAndGo() throws Exception {
    String said =
        edit(
            "routes/more.camel.yaml",
            """
            - route:
                id: more
                description: Says more.
                from:
                  uri: direct:more
                  steps:
                    - log:
                        message: more
            """);

    assertThat(said).endsWith("runs: more");
    Path moved = home.resolve("routes/earlier.camel.yaml");
    Files.move(home.resolve("routes/more.camel.yaml"), moved);
    await().atMost(Duration.ofSeconds(20)).until(() -> !said(moved).isEmpty());
    assertThat(said(moved)).singleElement().asString().endsWith("runs: more");
    Files.move(moved, home.resolve("routes/more.camel.yaml"));
    await().until(() -> said(home.resolve("routes/more.camel.yaml")).size() == 3);
    assertThat(edit("routes/more.camel.yaml", null)).endsWith("was removed, with its routes");
    assertThat(delivered()).isEqualTo("2026/11");
  }
}
