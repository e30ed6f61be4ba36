package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in docs/sinks.md work as documented. */
class DocumentedSinksIT {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void copyHome() throws IOException {
    home = TestBed.copyHome(folder.resolve("home"));
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(TestBed.home().resolve("docs/sinks.md")))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The documented sink of one's own with its settings, but another folder. */
  private Pipeline withOwnSink() throws IOException {
    String kamelet =
        blocks("yaml").stream().filter(text -> text.contains("kind: Kamelet")).findFirst().get();
    Path own = Files.createDirectories(home.resolve("routes/own/kamelets"));
    Files.writeString(own.resolve("fit-nas-sink.kamelet.yaml"), kamelet);
    String settings = blocks("properties").get(2).replace("/mnt/nas/runs", nas().toString());
    Files.writeString(
        home.resolve("application.properties"),
        Files.readString(home.resolve("application.properties"))
                .replaceFirst("(?m)^fit\\.sinks=.*$", "")
            + settings);
    Pipeline pipeline = new Pipeline(TestBed.prepare(folder.resolve("bed")).setHome(home));
    pipeline.bed().connect();
    return pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
  }

  private Path nas() {
    return folder.resolve("nas");
  }

  @Test
  void theSinkOfOnesOwnTakesFiles() throws Exception {
    try (Pipeline pipeline = withOwnSink().start()) {
      SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));

      assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
      assertThat(nas().resolve("2026-11-" + run.id() + ".fit"))
          .hasSameBinaryContentAs(pipeline.bed().downloads().resolve(Pipeline.defaultPath(run)));
    }
  }

  @Test
  void theRecipesRouteAsTheySay() throws Exception {
    List<String> recipes = blocks("yaml").stream().filter(text -> text.startsWith("- ")).toList();
    assertThat(recipes).hasSize(3);
    Map<String, List<SimulatedActivity.Builder>> goesToNas =
        Map.of(
            recipes.get(0), List.of(SimulatedActivity.run(ANN).sportType("TrailRun")),
            recipes.get(1), List.of(SimulatedActivity.run(ANN)),
            recipes.get(2), List.of(SimulatedActivity.run(ANN).name("Great Race Day of 2026")));
    try (Pipeline pipeline = withOwnSink().set("fit.sinks", "file")) {
      for (String recipe : recipes) {
        Files.writeString(home.resolve("routes/choose-sinks.camel.yaml"), recipe);
        pipeline.start();
        SimulatedActivity special = pipeline.upload(goesToNas.get(recipe).get(0));
        SimulatedActivity other = pipeline.upload(SimulatedActivity.run(ANN).name("Jog"));

        assertThat(pipeline.end(special.id()).reason()).contains("nas:");
        boolean everything = recipe.contains("athlete_id");
        assertThat(pipeline.end(other.id()).reason().contains("nas:")).isEqualTo(everything);
        pipeline.bed().stop();
      }
    }
  }
}
