package io.fitroute.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is started for a measurement and stopped afterwards. */
final class Child implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LONGEST_END = Duration.ofSeconds(15);

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program without the user's own settings.
   *
   * @param folder its working directory, which receives its output
   * @param environment its variables, in addition to the path and the Java to use
   */
  static Child start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Path log = folder.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "JAVA_HOME", "HOME", "LANG"));
    builder.environment().putAll(environment);
    return new Child(builder.start(), log);
  }

  /** Starts another program of this class path with options for Java. */
  static Child startJava(Path folder, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", absoluteClassPath(), main.getName()));
    command.addAll(List.of(arguments));
    return start(folder, Map.of(), command);
  }

  private static String absoluteClassPath() {
    List<String> absolute = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      absolute.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(":", absolute);
  }

  /** Waits until an address responds with 200. */
  Child awaitAnswer(URI address) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(LONGEST_START);
    while (!answers(address)) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        close();
        throw new IOException(address + " does not answer; the process said: " + output());
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return this;
  }

  private static boolean answers(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setReadTimeout(2_000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Waits until the program ends by itself.
   *
   * @return its output
   */
  String awaitEnd(Duration longest) throws IOException, InterruptedException {
    if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      close();
      throw new IOException("the process did not end well; it said: " + output());
    }
    return output();
  }

  private String output() throws IOException {
    return Files.readString(log);
  }

  /** Resident memory in megabytes of a million bytes. */
  long residentMegabytes() throws IOException, InterruptedException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
    String kibibytes = new String(ps.getInputStream().readAllBytes()).strip();
    ps.waitFor();
    return Math.round(Long.parseLong(kibibytes) * 1.024 / 1000);
  }

  /** Suspends the process so that it does not disturb other measurements. */
  void pause() {
    signal("-STOP");
  }

  /** Resumes the process. */
  void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    resume();
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
