package io.fitroute.runtime;

import io.fitroute.settings.Settings;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.FakeStrava;
import io.fitroute.simulator.FakeStravaOptions;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A service and its own fake Strava, which communicate over real HTTP, with their own folder. */
public final class TestBed implements AutoCloseable {

  public static final long ATHLETE = 4455667;
  public static final String VERIFY_TOKEN = "word-of-the-test";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> forCamel = new HashMap<>();
  private final FakeStrava strava;
  private Path home = home();
  private Service service;

  private TestBed(Path folder, FakeStravaOptions options) {
    this.folder = folder;
    this.strava = FakeStrava.start(options);
    strava.addAthlete(ATHLETE, "Ann", "Example");
    set("webhook.host", "127.0.0.1");
    set("webhook.port", "0");
    set("admin.port", "0");
    set("reconcile.share", "0");
    set("strava.client-id", Integer.toString(strava.clientId()));
    set("strava.client-secret", strava.clientSecret());
    set("strava.verify-token", VERIFY_TOKEN);
    set("strava.api-url", strava.apiUrl().toString());
    set("strava.oauth-url", strava.oauthUrl().toString());
    set("strava.web-url", strava.webUrl().toString());
    set("download.base-dir", folder.resolve("downloads").toString());
    set("data.dir", folder.resolve("data").toString());
  }

  /** A fake Strava without limits, and short retry delays; the service is not started yet. */
  public static TestBed prepare(Path folder) {
    return prepare(
        folder,
        FakeStravaOptions.builder()
            .withoutLimits()
            .deliverySpacing(Duration.ofMillis(100))
            .build());
  }

  public static TestBed prepare(Path folder, FakeStravaOptions options) {
    return new TestBed(folder, options);
  }

  /** A running service, connected with a browser session, and subscribed. */
  public static TestBed ready(Path folder) {
    TestBed bed = prepare(folder);
    bed.connect();
    bed.set("strava.session-cookie", bed.strava.sessionCookie(ATHLETE));
    bed.start();
    bed.subscribe();
    return bed;
  }

  /** Changes a setting for the next start of the service. */
  public TestBed set(String setting, String value) {
    environment.put(setting.toUpperCase().replaceAll("[^A-Z0-9]", "_"), value);
    return this;
  }

  /** Uses settings and routes of another folder than the repository. */
  public TestBed setHome(Path elsewhere) {
    home = elsewhere;
    return this;
  }

  /** Changes a property that is passed to Camel unchanged. */
  public TestBed setForCamel(String name, String value) {
    forCamel.put(name, value);
    return this;
  }

  /** Adds the athlete's tokens to the service's settings. */
  public TestBed connect() {
    AthleteTokens tokens = strava.connect(ATHLETE);
    set("strava.access-token", tokens.accessToken());
    set("strava.refresh-token", tokens.refreshToken());
    return this;
  }

  public TestBed start() {
    service = Service.start(settings(), home, RunMode.SERVE);
    return this;
  }

  public void subscribe() {
    strava.subscribe(url("/webhook").toString());
  }

  /** Stops the service; Strava and all files stay. */
  public void stop() {
    service.close();
    service = null;
  }

  /** The environment for commands with the same settings. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  public Settings settings() {
    return Settings.load(environment, folder, home).with(forCamel);
  }

  public static Path home() {
    return Path.of("").toAbsolutePath();
  }

  /** Copies settings and routes into a new folder. */
  public static Path copyHome(Path copy) throws IOException {
    Files.createDirectories(copy.resolve("routes/kamelets"));
    Files.copy(home().resolve("application.properties"), copy.resolve("application.properties"));
    try (Stream<Path> files = Files.walk(home().resolve("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(home().relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return copy;
  }

  public FakeStrava strava() {
    return strava;
  }

  public Service service() {
    return service;
  }

  public Path downloads() {
    return folder.resolve("downloads");
  }

  public Path folder() {
    return folder;
  }

  /** The database of the service. */
  public Path ledgerFile() {
    return folder.resolve("data").resolve("fitroute.db");
  }

  /** The delivered files, relative to the sink's folder. */
  public List<String> files() throws IOException {
    if (!Files.exists(downloads())) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(downloads())) {
      return all.filter(Files::isRegularFile)
          .map(file -> downloads().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + service.webhookPort() + path);
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url(path)).GET());
  }

  public HttpResponse<String> getFromAdmin(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + service.adminPort() + path);
    return send(HttpRequest.newBuilder(address).GET());
  }

  /** Posts a body to the webhook as Strava does. */
  public HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url("/webhook"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    if (service != null) {
      service.close();
    }
    strava.close();
  }
}
