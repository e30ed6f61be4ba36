package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.FitRoute;
import io.fitroute.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The service as a process, which can be killed and restarted. */
public final class ServiceProcess {

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();
  private final int port = FreePort.any();
  private Process process;

  /**
   * @param folder the folder for its data, output and files
   * @param settings further settings, as environment variables
   */
  ServiceProcess(Path folder, Map<String, String> settings) {
    this(folder, TestBed.home(), settings);
  }

  /**
   * As {@link #ServiceProcess(Path, Map)}, with other routes.
   *
   * @param home the folder of the settings and routes
   */
  public ServiceProcess(Path folder, Path home, Map<String, String> settings) {
    this.folder = folder;
    this.home = home;
    environment.put("WEBHOOK_HOST", "127.0.0.1");
    environment.put("ADMIN_PORT", "0");
    environment.put("DATA_DIR", folder.resolve("data").toString());
    environment.putAll(settings);
    environment.put("WEBHOOK_PORT", Integer.toString(port));
  }

  /** Changes a setting for the next start. */
  public void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Starts it with a heap of 256 MB and waits until it is healthy. */
  public void start() throws IOException {
    start("-Xmx256m");
  }

  void start(String... options) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");
    java.command().addAll(List.of(options));
    java.command()
        .addAll(
            List.of(
                "-Dfitroute.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                FitRoute.class.getName(),
                "serve"));
    java.directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    java.environment().putAll(environment);
    process = java.start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(this::isHealthy);
    } catch (RuntimeException | Error late) {
      kill();
      late.addSuppressed(new IllegalStateException(log()));
      throw late;
    }
  }

  private boolean isHealthy() throws IOException {
    assertThat(process.isAlive()).as(log()).isTrue();
    return health() == 200;
  }

  /** The status of {@code GET /health}. */
  int health() throws IOException {
    return send(HttpRequest.newBuilder(url("/health"))).statusCode();
  }

  /** Its output. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /** Posts a body to the webhook, as Strava does. */
  HttpResponse<String> post(String body) throws IOException {
    return send(webhook(body));
  }

  /** As {@link #post}, without waiting for the response. */
  CompletableFuture<HttpResponse<String>> postAsync(String body) {
    return http.sendAsync(webhook(body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder webhook(String body) {
    return HttpRequest.newBuilder(url("/webhook"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** The address of a path other than the webhook. */
  URI address(String path) {
    return url(path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.timeout(LONGEST_ANSWER).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills it, like a power failure. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }
}
