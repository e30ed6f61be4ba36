package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramTest {
  @TempDir private Path workingDirectory;

  @Test
  void helpNamesTheCommandsAndExitCodes() {
    Run run = run("--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("simulate", "./fitroute", "3 not configured");
    assertThat(run.out()).doesNotContain("warm-up");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithAnExample(String command) {
    Run run = run(command, "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("Examples:").contains("./fitroute " + command);
  }

  @Test
  void versionIsPrinted() {
    assertThat(run("--version").out()).startsWith("fitroute ").contains("Java ");
    assertThat(run("simulate", "-V").out()).startsWith("fitroute ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "--nonsense",
        "simulate",
        "simulate create",
        "simulate create 1 --owner 2 extra",
        "simulate create x --owner 2",
        "simulate create 99999999999999999999 --owner 2",
      })
  void whatIsNotUnderstoodIsOneLineThatPointsToTheHelp(String line) {
    Run run = run(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).startsWith("fitroute: ").contains("--help").hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aMistypedCommandIsSuggested() {
    assertThat(run("simulat").err()).contains("found 'simulat'", "did you mean simulate");
  }

  @Test
  void aWrongSettingIsNotConfigured() {
    Run run = run(Map.of("WEBHOOK_PORT", "eighty"), "simulate", "create", "1", "--owner", "2");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run.err())
        .startsWith("fitroute: webhook.port is \"eighty\" (environment variable WEBHOOK_PORT)")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anErrorIsOneJsonDocumentTooWhenJsonIsAskedFor() {
    Run run =
        run(Map.of("WEBHOOK_PORT", "eighty"), "simulate", "create", "1", "--owner", "2", "--json");

    assertThat(run.out())
        .startsWith("{\"error\":\"webhook.port is \\\"eighty\\\"")
        .endsWith("}" + System.lineSeparator())
        .hasLineCount(1);
    assertThat(run("simulate", "--json").out()).startsWith("{\"error\":").hasLineCount(1);
  }

  @Test
  void debugShowsWhereAnErrorArose() {
    Run run =
        run(Map.of("WEBHOOK_PORT", "eighty"), "simulate", "create", "1", "--owner=2", "--debug");

    assertThat(run.err()).contains("fitroute: webhook.port", "\tat io.fitroute.settings.");
  }

  @Test
  void theWarmUpEndsByItselfAndLeavesNothingBehind() {
    Run run = run(Map.of("WEBHOOK_PORT", "eighty"), "warm-up");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).isEmpty();
    assertThat(workingDirectory).isEmptyDirectory();
  }

  @Test
  void dotEnvIsReadWhereTheUserIs() throws Exception {
    Files.writeString(workingDirectory.resolve(".env"), "WEBHOOK_PORT=eighty");

    assertThat(run("simulate", "create", "1", "--owner", "2").err()).contains(".env line 1");
  }

  static Iterable<String> commands() {
    return new Commands(Run.surroundings(Map.of(), Path.of(""))).names();
  }

  private Run run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private Run run(Map<String, String> environment, String... arguments) {
    return Run.of(Run.surroundings(environment, workingDirectory), arguments);
  }
}
