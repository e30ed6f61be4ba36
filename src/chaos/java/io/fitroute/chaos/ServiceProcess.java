package io.fitroute.chaos;

import io.fitroute.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code fitroute serve} as a process, on the same ports each time it is started. */
final class ServiceProcess implements AutoCloseable {

  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final Path home;
  private final Path folder;
  private final String name;
  private final Map<String, String> settings;
  private final List<String> program;
  private final int port = FreePort.any();
  private final int adminPort = FreePort.any();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final Thread endWithJava = new Thread(this::close);
  private Optional<Process> process = Optional.empty();

  /**
   * @param home the folder with {@code application.properties} and {@code routes/}
   * @param folder its working directory, which contains its log {@code NAME.log}
   * @param settings as environment variables
   */
  ServiceProcess(Path home, Path folder, String name, Map<String, String> settings) {
    this(home, folder, name, settings, List.of("io.fitroute.FitRoute", "serve"));
  }

  /** With another main class and its arguments. */
  ServiceProcess(
      Path home, Path folder, String name, Map<String, String> settings, List<String> program) {
    this.program = program;
    this.home = home;
    this.folder = folder;
    this.name = name;
    this.settings = settings;
    Runtime.getRuntime().addShutdownHook(endWithJava);
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** Starts it without waiting until it is ready. */
  void start() {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Dfitroute.home=" + home,
                "-cp",
                System.getProperty("java.class.path")));
    line.addAll(program);
    ProcessBuilder command = new ProcessBuilder(line);
    command.environment().clear();
    command.environment().putAll(settings);
    command.environment().put("WEBHOOK_PORT", Integer.toString(port));
    command.environment().put("ADMIN_PORT", Integer.toString(adminPort));
    command.directory(folder.toFile());
    command.redirectErrorStream(true);
    command.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
    try {
      process = Optional.of(command.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last line of its log. */
  String lastWords() {
    try (Stream<String> log = Files.lines(folder.resolve(name + ".log"))) {
      return log.reduce("nothing", (before, line) -> line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it reports that it can accept events. */
  boolean isReady() {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
            .timeout(Duration.ofSeconds(3))
            .build();
    try {
      return isAlive() && http.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Kills it and waits until it has ended. */
  void kill() {
    process.ifPresent(
        running -> {
          running.destroyForcibly();
          running.onExit().join();
        });
  }

  /** Stops it so that it keeps all its resources. */
  void freeze() {
    process.ifPresent(running -> tool("kill", "-STOP", Long.toString(running.pid())));
  }

  /** Resumes it. */
  void thaw() {
    process.ifPresent(running -> tool("kill", "-CONT", Long.toString(running.pid())));
  }

  /**
   * Limits the size of its files.
   *
   * @param bytes the limit in the format of prlimit
   */
  void limitFiles(String bytes) {
    process.ifPresent(
        running ->
            tool("prlimit", "--pid", Long.toString(running.pid()), "--fsize=" + bytes + ":"));
  }

  private static void tool(String... command) {
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops it gracefully.
   *
   * @return what went wrong; empty if nothing did
   */
  Optional<String> stop() {
    if (process.isEmpty()) {
      return Optional.empty();
    }
    Process running = process.get();
    running.destroy();
    try {
      if (!running.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        dumpThreads(running);
        return Optional.of(name + " had not ended " + LONGEST_END.toSeconds() + " s after SIGTERM");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return running.exitValue() == 0
        ? Optional.empty()
        : Optional.of(name + " ended with " + running.exitValue() + " after SIGTERM");
  }

  /** Writes a thread dump to its log, to show what it waits for. */
  private static void dumpThreads(Process running) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(running.pid())).start().waitFor();
      running.waitFor(2, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(endWithJava);
    } catch (IllegalStateException e) {
      // this thread is the hook
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
