package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.cli.report.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(run.out()).as("no path is broken").doesNotContainPattern("(?m) [.]$");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithAnExample(String command) {
    Run run = run(command, "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("Examples:").contains("./fitroute " + command);
    assertThat(run.out()).as("no name is broken").doesNotContainPattern("[.]\\R *[a-z/]");
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
    Run run = run("statsu");

    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("there is no command 'statsu'; the nearest is status");
    assertThat(run("warm-ups", "--json").out())
        .contains("there is no command")
        .doesNotContain("is warm-up");
    assertThat(run("status", "--jsn").err())
        .contains("'--jsn' is not an argument", "did you mean --json");
  }

  @ParameterizedTest
  @CsvSource({
    "FIT_SINKS, nowhere, nowhere",
    "FIT_SINKS, sftp, sftp.host",
    "FIT_FILE_NAME, ${variable.yyyy, fit.file-name",
    "FIT_FILE_NAME, ${bodi}/x.fit, fit.file-name",
    "DATA_DIR, /dev/null/data, /dev/null/data",
    "WEBHOOK_HOST, host.invalid, webhook.port",
    "STRAVA_CLIENT_SECRET_FILE, none, none",
  })
  void whateverIsWrongWithASettingIsNotConfigured(String variable, String value, String named) {
    Map<String, String> environment = new HashMap<>(Map.of("WEBHOOK_PORT", "0", "ADMIN_PORT", "0"));
    environment.put(variable, value);

    Run run = run(environment, "serve");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run.err()).startsWith("fitroute: ").contains(named);
  }

  @Test
  void aPortThatIsInUseIsNoWrongSetting() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Map<String, String> environment =
          Map.of("WEBHOOK_HOST", "127.0.0.1", "WEBHOOK_PORT", "" + other.getLocalPort());

      assertThat(run(environment, "serve").exitCode()).isEqualTo(ExitCode.FAILED);
    }
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
  void coloursAreForTerminalsThatWantThem() {
    String escape = "\u001B[";
    assertThat(onTerminal("out", Map.of("TERM", "xterm"))).contains(escape);
    assertThat(onTerminal("out,err", Map.of("TERM", "xterm", "NO_COLOR", ""))).contains(escape);
    assertThat(onTerminal("out,err", Map.of("TERM", "xterm", "NO_COLOR", "1")))
        .doesNotContain(escape);
    assertThat(onTerminal("out,err", Map.of("TERM", "dumb"))).doesNotContain(escape);
    assertThat(onTerminal("out,err", Map.of())).doesNotContain(escape);
    assertThat(onTerminal("err", Map.of("TERM", "xterm"))).doesNotContain(escape);
    assertThat(onTerminal("", Map.of("TERM", "xterm"))).doesNotContain(escape);
  }

  private String onTerminal(String outputs, Map<String, String> environment) {
    System.setProperty(Terminal.PROPERTY, outputs);
    try {
      return run(environment, "--help").out() + run(environment, "doctor").out();
    } finally {
      System.clearProperty(Terminal.PROPERTY);
    }
  }

  @Test
  void aLongWorkShowsALineThatChangesOnATerminalAndLinesElsewhere() throws Exception {
    for (boolean terminal : new boolean[] {true, false}) {
      System.setProperty(Terminal.PROPERTY, terminal ? "err" : "out");
      StringWriter err = new StringWriter();
      try (Progress progress =
          Progress.of(
              "importing",
              2,
              new PrintWriter(err),
              Run.environment(Map.of("TERM", "xterm"), workingDirectory))) {
        progress.step();
        assertThat(err.toString()).isEmpty();
        Thread.sleep(1_001); // quick commands show no progress
        progress.step();
      } finally {
        System.clearProperty(Terminal.PROPERTY);
      }
      assertThat(err.toString())
          .isEqualTo(
              terminal
                  ? "\r\u001B[Kimporting: 2 of 2\r\u001B[K"
                  : "importing: 2 of 2" + System.lineSeparator());
    }
  }

  @Test
  void theCompletionKnowsEveryCommandAndOption() throws Exception {
    String script = run("completion").out();
    Path file = Files.writeString(workingDirectory.resolve("completion"), script);

    assertThat(complete(file, "./fitroute", "")).contains("doctor", "pause", "import");
    assertThat(complete(file, "./fitroute", "subscription", "--re")).contains("--replace");
    assertThat(complete(file, "fitroute", "dow")).contains("download");
  }

  @Test
  void theCompletionOffersFilesWhereFilesAreExpected() throws Exception {
    String script = run("completion").out();
    Path file = Files.writeString(workingDirectory.resolve("completion"), script);
    String start = workingDirectory.resolve("compl").toString();

    assertThat(script).doesNotContainPattern("(?m)^ *complete .*-o default");
    assertThat(complete(file, "fitroute", "check", start)).containsExactly(file.toString());
    assertThat(complete(file, "fitroute", "import", start)).containsExactly(file.toString());
    assertThat(complete(file, "fitroute", "ledger", "copy", "--password-file", start))
        .containsExactly(file.toString());
    assertThat(complete(file, "fitroute", "status", start)).doesNotContain(file.toString());
    assertThat(complete(file, "fitroute", "download", start)).doesNotContain(file.toString());
    assertThat(complete(file, "fitroute", start)).doesNotContain(file.toString());
  }

  /** The completions bash offers for the last word. */
  private List<String> complete(Path script, String... words) throws Exception {
    String question =
        """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        function=$(complete -p fitroute | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        "$function" 2>/dev/null; printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", question, "bash", script.toString()));
    command.addAll(List.of(words));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String offered = new String(bash.getInputStream().readAllBytes());
    assertThat(bash.waitFor()).as(offered).isZero();
    return offered.lines().map(String::strip).toList();
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
    return new Commands(Run.environment(Map.of(), Path.of(""))).names();
  }

  private Run run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private Run run(Map<String, String> environment, String... arguments) {
    return Run.of(Run.environment(environment, workingDirectory), arguments);
  }
}
