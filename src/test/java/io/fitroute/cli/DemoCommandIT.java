package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.TestBed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class DemoCommandIT {

  @TempDir private Path folder;

  @Test
  void inventedRunsLieInAFolderOfTheirOwnWhateverTheUsersSettingsSay() throws Exception {
    Path home = TestBed.copyHome(folder.resolve("home"));
    Path work = Files.createDirectory(folder.resolve("work"));
    Path own = Files.createDirectories(work.resolve("downloads/2026/11"));
    Files.writeString(own.resolve("1.fit"), "mine");
    Files.writeString(
        home.resolve("application.properties"),
        "\nfit.sinks=http\nhttp.url=http://127.0.0.1:1\nstate.file=" + work.resolve("state.json"),
        StandardOpenOption.APPEND);

    Run run = Run.of(new Environment(Map.of(), work, home), "demo", "--json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonNode report = new ObjectMapper().readTree(run.out());
    Path files = Path.of(report.path("folder").asText());
    try {
      assertThat(run.err()).contains(files.getParent().toString());
      for (JsonNode file : report.path("files")) {
        assertThat(files.resolve(file.path("path").asText())).exists();
      }
      assertThat(report.path("files")).hasSize(3);
      try (var left = Files.walk(work)) {
        assertThat(left.filter(Files::isRegularFile)).containsExactly(own.resolve("1.fit"));
      }
    } finally {
      FileSystemUtils.deleteRecursively(files.getParent());
    }
  }
}
