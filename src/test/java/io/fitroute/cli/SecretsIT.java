package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fitroute.FreePort;
import io.fitroute.runtime.LogLines;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The complete flow with every possible secret and with failures; afterwards all output and stored
 * data are searched for these secrets.
 */
class SecretsIT {

  private static final String ANN = Long.toString(TestBed.ATHLETE);
  private static final String SCOPE = "read,activity:read_all";
  private static final String SIGNING = "signing-secret-of-the-test";

  private static final String LISTENER = "secret-of-the-listener";

  @TempDir Path folder;
  private TestBed bed;
  private Optional<HttpServer> server = Optional.empty();
  private final AtomicInteger refused = new AtomicInteger();
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final StringBuilder said = new StringBuilder();

  @BeforeEach
  void prepare() throws IOException {
    bed =
        TestBed.prepare(folder)
            .set("webhook.port", Integer.toString(FreePort.any()))
            .set("webhook.signing-secret", SIGNING)
            .set("state.file", folder.resolve("state.json").toString())
            .set("notify.url", "http://127.0.0.1:1/" + LISTENER)
            .set("notify.on", "problem,delivered")
            .set("retry.failing", "20ms,20ms,1h");
    keep("client secret", bed.strava().clientSecret());
    keep("verify token", TestBed.VERIFY_TOKEN);
    keep("signing secret", SIGNING);
    keep("address of the listener", LISTENER);
    String session = bed.strava().rememberCookies(TestBed.ATHLETE);
    bed.set("strava.session-cookie", session);
    keep("session cookie", session.replaceAll(".*strava_remember_token=", ""));
  }

  /** All sinks but the folder: some answer 401, the others are unreachable. */
  private void sinksThatRefuse() throws IOException {
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext(
        "/",
        exchange -> {
          refused.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    refusing.start();
    server = Optional.of(refusing);
    String address = "http://127.0.0.1:" + refusing.getAddress().getPort();
    bed.set("fit.sinks", "file,sftp,ftp,ftps,s3,webdav,http,intervals")
        .set("retry.sink-down", "20ms,1h")
        .set("s3.endpoint", address)
        .set("s3.bucket", "runs")
        .set("s3.path-style", "true")
        .set("webdav.url", address + "/folder")
        .set("webdav.user", "ann")
        .set("http.url", address + "/files")
        .set("intervals.url", address);
    for (String server : List.of("sftp", "ftp", "ftps")) {
      bed.set(server + ".host", "127.0.0.1")
          .set(server + ".port", "1")
          .set(server + ".user", "ann");
    }
    bed.set("http.headers", "X-Key: " + kept("http.headers") + "|X-Other: of no importance");
    for (String setting :
        List.of(
            "sftp.password",
            "sftp.key-passphrase",
            "ftp.password",
            "ftps.password",
            "s3.access-key",
            "s3.secret-key",
            "webdav.password",
            "http.authorization",
            "intervals.api-key")) {
      bed.set(setting, kept(setting));
    }
  }

  /** Creates a secret for a setting. */
  private String kept(String setting) {
    String secret = "word-for-" + setting.replace('.', '-');
    keep(setting, secret);
    return secret;
  }

  @AfterEach
  void close() {
    bed.close();
    server.ifPresent(running -> running.stop(0));
  }

  private void keep(String what, String secret) {
    assertThat(secret).as(what).hasSizeGreaterThan(7);
    secrets.put(what + " " + secrets.size(), secret);
  }

  private void keepTokens(String when) {
    AthleteTokens tokens = bed.strava().tokensOf(TestBed.ATHLETE).orElseThrow();
    keep("access token " + when, tokens.accessToken());
    keep("refresh token " + when, tokens.refreshToken());
  }

  private Run run(String... arguments) {
    Run run = Run.of(Run.environment(bed.environment(), folder), arguments);
    said.append(String.join(" ", arguments[0])).append('\n').append(run.out()).append(run.err());
    return run;
  }

  private HttpResponse<String> heard(HttpResponse<String> answer) {
    said.append(answer.request().uri().getPath()).append(' ').append(answer.statusCode());
    said.append(answer.headers().map()).append('\n').append(answer.body()).append('\n');
    return answer;
  }

  private String code() {
    String code = bed.strava().authorize(TestBed.ATHLETE, SCOPE);
    keep("code", code);
    return code;
  }

  private void comeBack(String code) throws Exception {
    HttpResponse<String> sent = bed.get("/connect");
    String state =
        sent.headers().firstValue("Location").orElseThrow().replaceAll(".*state=([^&]*).*", "$1");
    keep("state", state);
    heard(bed.get("/oauth/callback?state=" + state + "&code=" + code + "&scope=" + SCOPE));
  }

  @Test
  void nothingThatIsSecretIsSaidOrStored() throws Exception {
    try (LogLines log = new LogLines()) {
      tryEverything();
      log.all().forEach(line -> said.append(line).append('\n'));
    }
    assertNotIn(stored());
    bed.stop();

    Map<String, String> stored = stored();
    assertThat(stored).containsKeys("data/fitroute.db", "state.json");
    assertNotIn(stored);
    assertNotIn(Map.of("what was said", said.toString()));
    // verifies that the search can find something
    assertThat(said).contains(ANN, "Refreshed the tokens", "delivered from original", "403");
    assertThat(stored.get("data/fitroute.db")).contains(ANN, "v1.");
  }

  @Test
  void nothingThatASinkIsEnteredWithIsSaidOrStored() throws Exception {
    sinksThatRefuse();
    try (LogLines log = new LogLines()) {
      bed.start();
      bed.subscribe();
      run("connect", "--code", code());
      bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build());
      await().untilAsserted(() -> assertThat(tried()).isEqualTo(7));
      String activity = bed.files().get(0).replaceAll(".*/([0-9]+)\\.fit", "$1");
      for (String[] command :
          new String[][] {{"status"}, {"events"}, {"trace", activity}, {"doctor"}}) {
        run(command);
      }
      heard(bed.get("/health"));
      log.all().forEach(line -> said.append(line).append('\n'));
    }
    bed.stop();

    assertNotIn(stored());
    assertNotIn(Map.of("what was said", said.toString()));
    assertThat(refused).hasPositiveValue();
    assertThat(said).contains("the sink intervals did not accept the file", "sftp");
  }

  private void assertNotIn(Map<String, String> texts) {
    secrets.forEach(
        (what, secret) -> {
          texts.forEach(
              (file, text) ->
                  assertThat(text.indexOf(secret)).as(what + " is in " + file).isNegative());
        });
  }

  private void tryEverything() throws Exception {
    bed.start();
    bed.subscribe();
    keep("data key", Files.readString(folder.resolve("data/data.key")).strip());
    run("connect", "--code", code());
    keepTokens("by hand");
    String code = code();
    comeBack(code);
    keepTokens("by browser");
    comeBack(code);
    keep("guessed code", "0123456789abcdef0123456789abcdef");
    comeBack("0123456789abcdef0123456789abcdef");
    heard(bed.get("/webhook?hub.mode=subscribe&hub.challenge=C&hub.verify_token=guessed-word"));
    heard(
        bed.get(
            "/webhook?hub.mode=subscribe&hub.challenge=C&hub.verify_token="
                + TestBed.VERIFY_TOKEN));
    deliver();
    trouble();
    commandsAndPages();
  }

  private void deliver() {
    bed.strava().expireAccessToken(TestBed.ATHLETE);
    bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build());
    await().until(() -> bed.files().size() == 1);
    keepTokens("after a refresh");
  }

  /** The number of sinks that refused the file. */
  private int tried() {
    return bed.service()
        .ledger()
        .read()
        .sql("select count(distinct sink) from pending_delivery where attempts > 0")
        .query(Integer.class)
        .single();
  }

  /** Causes failures, each in a run of its own, as a reader of the log would see them. */
  private void trouble() {
    String wrongSecret =
        "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"Application\","
            + "\"field\":\"client_secret\",\"code\":\"invalid\"}]}";
    for (Fault fault :
        List.of(Fault.status(400, wrongSecret), Fault.status(500), Fault.htmlPage())) {
      bed.strava().expireAccessToken(TestBed.ATHLETE);
      meet("/oauth/token", fault);
    }
    meet("/api/v3/activities/*", Fault.status(401));
    meet("/api/v3/activities/*", Fault.inactive());
    meet("/activities/*/export_original", Fault.loginRedirect());
    bed.strava().expireSessions(TestBed.ATHLETE);
    meet("/api/v3/activities/*/streams", Fault.status(403));
    keepTokens("after trouble");
  }

  private void meet(String path, Fault fault) {
    var armed = bed.strava().arm(path, fault);
    bed.strava().upload(SimulatedActivity.run(TestBed.ATHLETE).build());
    await().until(() -> armed.hits() > 0);
    await()
        .until(
            () ->
                bed.service()
                        .ledger()
                        .read()
                        .sql("select count(*) from event where lease is not null")
                        .query(Integer.class)
                        .single()
                    == 0);
    bed.strava().disarmFaults();
  }

  private void commandsAndPages() throws Exception {
    String activity = bed.files().get(0).replaceAll(".*/([0-9]+)\\.fit", "$1");
    for (String[] command :
        new String[][] {
          {"status"},
          {"events"},
          {"trace", activity},
          {"doctor"},
          {"subscription"},
          {"key"},
          {"key", "rotate"},
          {"pause", ANN},
          {"resume", ANN},
          {"replay", "--dead"},
          {"download", activity},
          {"connect", "--code", "http://localhost/?code=" + code() + "&scope=" + SCOPE},
          {"connect", "--code", code(), "--debug"},
          {"subscription", "delete", "--debug"},
          {"disconnect", "1", "--debug"},
          {"simulate", "create", "5", "--owner", ANN}
        }) {
      run(command);
      run(Stream.concat(Stream.of(command), Stream.of("--json")).toArray(String[]::new));
    }
    keep("new data key", Files.readString(folder.resolve("data/data.key")).strip());
    keepTokens("at the end");
    for (String page : List.of("/", "/health", "/connect?x=1", "/oauth/callback", "/nothing")) {
      HttpResponse<String> answer = bed.get(page);
      // the redirect to the consent page contains the state, which is for that browser only
      if (answer.headers().firstValue("Location").isEmpty()) {
        heard(answer);
      }
    }
    heard(bed.getFromAdmin("/observe/health"));
    heard(bed.getFromAdmin("/observe/metrics"));
    run("disconnect", ANN);
  }

  /** All files except the key and the delivered ones, byte for byte. */
  private Map<String, String> stored() throws IOException {
    Map<String, String> contents = new LinkedHashMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.equals("data/data.key") && !name.startsWith("downloads")) {
          contents.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return contents;
  }
}
