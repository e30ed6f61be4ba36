package io.fitroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, with a fake Java and a fake Maven that only record their calls. */
final class LauncherIT {
  private static final String TOOLS =
      "cat cksum dirname find head ln ls mkdir mv readlink sort rm sed sh sleep touch";

  @TempDir private Path folder;
  private Path home;
  private Path launcher;
  private Path tools;
  private Path javaHome;

  @BeforeEach
  void layOut() throws IOException {
    home = Files.createDirectories(folder.resolve("the home"));
    launcher = home.resolve("fitroute");
    Files.copy(Path.of("fitroute"), launcher);
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectories(home.resolve("src/simulator"));
    Files.writeString(home.resolve("pom.xml"), "");
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS.split(" ")) {
      executable(tools.resolve(tool), "exec " + installed(tool) + " \"$@\"");
    }
    maven("echo built >>mvn.log; mkdir -p target; echo jar >target/fitroute.jar");
    javaHome = java("17.0.1");
  }

  @Test
  void buildsOnceThenPreparesQuickStartsThenStarts() throws Exception {
    Started first = start("status", "two words", "*");
    Started second = start();

    assertThat(first.exitCode()).isZero();
    assertThat(first.out())
        .contains("<-cp>", "<" + home + "/target/fitroute.jar>")
        .endsWith("<status>\n<two words>\n<*>\n")
        .contains("<-Dfitroute.home=" + home + ">", "<-XX:SharedArchiveFile=")
        .contains("pwd " + folder + "\n");
    assertThat(first.err()).contains("building");
    assertThat(second.out()).contains("<-XX:SharedArchiveFile=");
    assertThat(second.err()).isEmpty();
    assertThat(log("mvn.log")).hasSize(1);
    assertThat(trainings()).isEqualTo(1);
    assertThat(home.resolve("target/build-lock")).doesNotExist();
  }

  @Test
  void whatMavenSaysIsShownWithoutEscapeCodes() throws Exception {
    maven("printf '\\033[0m\\033[1;31mERROR\\033[m it is broken\\n'; exit 1");
    Started failed = start();

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .contains("ERROR it is broken\n", "the build failed")
        .doesNotContain("\u001b");

    maven("printf '\\033[0m\\033[0m'; mkdir -p target; echo jar >target/fitroute.jar");
    Started built = start();

    assertThat(built.exitCode()).isZero();
    assertThat(built.err()).contains("building").hasLineCount(1).doesNotContain("\u001b");
    assertThat(home.resolve("target/building.log")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main/New.java", "src/simulator/New.java", "pom.xml"})
  void buildsAgainWhenASourceIsNewer(String source) throws Exception {
    start();
    Files.writeString(home.resolve(source), "");
    Files.setLastModifiedTime(home.resolve(source), FileTime.from(Instant.now().plusSeconds(1)));
    start();

    assertThat(log("mvn.log")).hasSize(2);
  }

  @Test
  void everyJavaHasItsOwnArchive() throws Exception {
    start();
    javaHome = java("25.0.3");
    Started newer = start();
    start();

    assertThat(newer.out())
        .contains("<-XX:SharedArchiveFile=" + home + "/target/fitroute-25.0.3-")
        .contains("<--sun-misc-unsafe-memory-access=allow>");
    assertThat(trainings()).isEqualTo(2);
  }

  @Test
  void startsWithoutAnArchiveThatCannotBeMadeAndDoesNotTryAgain() throws Exception {
    Files.writeString(folder.resolve("no-archive"), "");
    Started first = start();
    Started second = start();

    assertThat(first.exitCode()).isZero();
    assertThat(first.out() + second.out()).doesNotContain("SharedArchiveFile");
    assertThat(trainings()).isEqualTo(1);
  }

  @Test
  void furtherOptionsForJavaComeLast() throws Exception {
    Started started = start(Map.of("FITROUTE_JAVA_OPTS", "-Xmx256m -Da=*"));

    assertThat(started.out()).containsSubsequence("<-Xmx128m>", "<-Xmx256m>", "<-Da=*>", "<-cp>");
  }

  @Test
  void aProgramWhoseMemoryIsExhaustedOnAnyThreadEnds() throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    start()
        .out()
        .lines()
        .filter(line -> line.startsWith("<-X") && !line.contains("Archive"))
        .map(line -> line.substring(1, line.length() - 1))
        .forEach(command::add);
    command.addAll(List.of("-Xmx32m", "-cp", "target/test-classes", ExhaustMemory.class.getName()));

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(said).isNotZero();
      assertThat(said).doesNotContain(ExhaustMemory.STILL_ALIVE);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatLiesInLibIsOnTheClassPathAndHasAnArchiveOfItsOwn() throws Exception {
    start();
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("lib/b.jar"), "");
    Files.writeString(home.resolve("lib/a.jar"), "");
    Files.writeString(home.resolve("lib/notes.txt"), "");

    assertThat(start().out())
        .contains(
            "<" + home + "/target/fitroute.jar:" + home + "/lib/a.jar:" + home + "/lib/b.jar>");
    assertThat(trainings()).isEqualTo(2);
  }

  @Test
  void isFoundThroughLinks() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("else where/bin"));
    Files.createSymbolicLink(elsewhere.resolve("one"), Path.of("../../the home/fitroute"));
    Files.createSymbolicLink(elsewhere.resolve("two"), elsewhere.resolve("one"));
    launcher = elsewhere.resolve("two");

    assertThat(start().out()).contains("<-Dfitroute.home=" + home + ">");
  }

  @Test
  void passesTheExitCodeOn() throws Exception {
    assertThat(start("exit-with", "7").exitCode()).isEqualTo(7);
  }

  @Test
  void saysThatJavaIsMissing() throws Exception {
    Started started = start(Map.of("JAVA_HOME", ""));

    assertThat(started.exitCode()).isEqualTo(3);
    assertThat(started.err()).contains("needs Java 17 or newer").hasLineCount(1);
  }

  @Test
  void saysThatTheHomeOfJavaIsWrong() throws Exception {
    Started started = start(Map.of("JAVA_HOME", "/no/such"));

    assertThat(started.exitCode()).isEqualTo(3);
    assertThat(started.err()).contains("JAVA_HOME is /no/such").hasLineCount(1);
  }

  @Test
  void saysThatTooFewFilesMayBeOpen() throws Exception {
    ProcessBuilder few = builder(Map.of());
    few.command(
        tools.resolve("sh").toString(), "-c", "ulimit -n 128; exec \"$0\"", launcher.toString());

    Process process = few.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said)
        .isEqualTo(
            "fitroute: only 128 files may be open at once, and 224 are needed: raise ulimit -n\n");
  }

  @Test
  void saysThatJavaIsTooOld() throws Exception {
    for (String version : List.of("1.8.0_402", "11.0.2", "16")) {
      javaHome = java(version);
      Started started = start();
      assertThat(started.exitCode()).isEqualTo(3);
      assertThat(started.err()).contains("needs Java 17 or newer", version).hasLineCount(1);
    }
  }

  @Test
  void asksAJavaThatHasNoReleaseFile() throws Exception {
    Files.delete(javaHome.resolve("release"));

    assertThat(start().out()).contains("fitroute-21.0.9-");
  }

  @Test
  void needsMavenOnlyToBuild() throws Exception {
    start();
    Files.delete(tools.resolve("mvn"));
    assertThat(start().exitCode()).isZero();

    Files.delete(home.resolve("target/fitroute.jar"));
    Started started = start();
    assertThat(started.exitCode()).isEqualTo(3);
    assertThat(started.err()).contains("needs Maven").hasLineCount(1);
  }

  @Test
  void aBuildThatFailsIsNotTakenForAGoodOne() throws Exception {
    maven("mkdir -p target; echo jar >target/fitroute.jar; echo because; exit 1");
    Started failed = start();
    maven("echo built >>mvn.log; echo jar >target/fitroute.jar");
    Started repaired = start();

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("because", "the build failed");
    assertThat(failed.out()).isEmpty();
    assertThat(repaired.exitCode()).isZero();
    assertThat(log("mvn.log")).hasSize(1);
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    maven("echo built >>mvn.log; mkdir -p target; echo jar >target/fitroute.jar; sleep 1");
    List<Process> processes = new ArrayList<>();
    for (int count = 0; count < 3; count++) {
      processes.add(
          builder(Map.of())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(log("mvn.log")).hasSize(1);
    assertThat(trainings()).isEqualTo(1);
  }

  @Test
  void aLockThatWasLeftBehindIsBroken() throws Exception {
    Process gone = new ProcessBuilder("sh", "-c", ":").start();
    gone.waitFor();
    Files.createDirectories(home.resolve("target"));
    Files.createSymbolicLink(home.resolve("target/build-lock"), Path.of(Long.toString(gone.pid())));

    assertThat(start().exitCode()).isZero();
    try (var left = Files.list(home.resolve("target"))) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("build"));
    }
  }

  private record Started(int exitCode, String out, String err) {}

  private Started start(String... arguments) throws IOException, InterruptedException {
    return start(Map.of(), arguments);
  }

  private Started start(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        builder(environment, arguments)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Started(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("RECORDS", folder.toString());
    builder.environment().putAll(environment);
    return builder;
  }

  private List<String> log(String name) throws IOException {
    return Files.readAllLines(home.resolve(name));
  }

  private long trainings() throws IOException {
    return Files.readAllLines(folder.resolve("warm-ups")).size();
  }

  private void maven(String script) throws IOException {
    executable(tools.resolve("mvn"), script);
  }

  /**
   * A fake Java: it creates the archive when warming up, else prints its working directory and
   * arguments.
   */
  private Path java(String version) throws IOException {
    Path java = folder.resolve("java-" + version);
    Files.createDirectories(java.resolve("bin"));
    executable(
        java.resolve("bin/java"),
        """
        case "$*" in
          -version) echo 'openjdk version "21.0.9" 2025-10-21' >&2; exit ;;
          *warm-up)
            echo once >>"$RECORDS/warm-ups"
            [ ! -e "$RECORDS/no-archive" ] || exit 1
            for option; do
              case $option in
                -XX:ArchiveClassesAtExit=*) echo classes >"${option#*=}" ;;
              esac
            done
            exit ;;
          *exit-with*) for code; do :; done; exit "$code" ;;
        esac
        echo "pwd $(pwd -P)"
        for argument; do
          printf '<%s>\\n' "$argument"
        done
        """);
    Files.writeString(java.resolve("release"), "OS=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return java;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path installed(String tool) {
    for (String place : System.getenv("PATH").split(":")) {
      Path file = Path.of(place, tool);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new AssertionError("this machine has no " + tool);
  }
}
