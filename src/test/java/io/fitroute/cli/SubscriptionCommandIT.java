package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fitroute.FreePort;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The subscription command, with Strava's refusals and with proxies in between. */
class SubscriptionCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v3/push_subscriptions";

  @TempDir Path folder;
  private TestBed bed;

  @BeforeEach
  void prepare() {
    bed = TestBed.prepare(folder).set("webhook.subscription", "off");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Run run(String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  /** A service that is reached from outside at its own address. */
  private String startInPublic() {
    bed.start();
    String address = bed.url("").toString();
    bed.set("webhook.public-url", address);
    return address + "/webhook";
  }

  @Test
  void itIsMadeShownAndEnded() throws Exception {
    String callback = startInPublic();

    Run none = run("subscription");
    assertThat(none.exitCode()).isZero();
    assertThat(none.out()).startsWith("the application has no subscription");

    Run made = run("subscription", "create");
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .matches("(?s)subscription \\d+ was created, and points to this service\\R.*")
        .contains(callback);
    assertThat(bed.strava().subscription().orElseThrow().callbackUrl()).isEqualTo(callback);

    JsonNode shown = JSON.readTree(run("subscription", "show", "--json").out());
    assertThat(shown.path("leads_here").asBoolean()).isTrue();
    assertThat(shown.path("subscription").path("callback_url").asText()).isEqualTo(callback);

    assertThat(run("subscription", "create").out()).contains("already points to this service");
    assertThat(bed.strava().count("POST", PATH)).isEqualTo(1);

    assertThat(run("subscription", "delete").out()).matches("subscription \\d+ was deleted\\R");
    assertThat(bed.strava().subscription()).isEmpty();
    assertThat(run("subscription", "delete").exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void oneThatLeadsElsewhereIsOnlyTouchedWhenAskedTo() {
    String callback = startInPublic();
    bed.strava().subscribe("https://other.example.org/hook");

    assertThat(run("subscription").out()).contains("points elsewhere");
    Run create = run("subscription", "create");
    assertThat(create.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(create.err()).contains("points to https://other.example.org/hook", "--replace");
    Run delete = run("subscription", "delete");
    assertThat(delete.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(delete.err()).contains("--force");
    assertThat(bed.strava().subscription()).isPresent();

    assertThat(run("subscription", "create", "--replace").out()).contains("was created");
    assertThat(bed.strava().subscription().orElseThrow().callbackUrl()).isEqualTo(callback);

    bed.strava().subscribe("https://other.example.org/hook");
    assertThat(run("subscription", "delete", "--force").exitCode()).isZero();
    assertThat(bed.strava().subscription()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | PushSubscription | callback url  | not verifiable | Strava could not verify webhook.public-url
          400 | PushSubscription | callback url  | GET to callback URL does not return 200 | off Bot Fight Mode
          400 | PushSubscription | callback url  | hub.challenge was not echoed | did not get its challenge back
          400 | PushSubscription | callback url  | invalid | at most 255 characters
          400 | PushSubscription | ''            | already exists | Strava allows only one
          409 | PushSubscription | ''            | already exists | ./fitroute subscription create --replace
          400 | Application      | client_id     | invalid  | find the Client ID
          400 | Application      | client_secret | invalid  | STRAVA_CLIENT_SECRET must be
          401 | Application      | ''            | invalid  | compare STRAVA_CLIENT_ID and STRAVA_CLIENT_SECRET
          403 | Application      | Status        | Inactive | its owner needs a Strava subscription
          429 | Application      | rate limit    | exceeded | Strava's rate limit is reached
          500 | ''               | ''            | ''       | it answered 500 Trouble
          """)
  void eachRefusalOfStravasIsASentence(
      int status, String resource, String field, String code, String sentence) {
    startInPublic();
    String body =
        "{\"message\":\"Trouble\",\"errors\":[{\"resource\":\"%s\",\"field\":\"%s\",\"code\":\"%s\"}]}"
            .formatted(resource, field, code);
    bed.strava().arm(FaultRule.on(PATH, Fault.status(status, body)).onlyMethod("POST"));

    Run run = run("subscription", "create", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run.err()).contains(sentence).hasLineCount(1);
    assertThat(run.err() + run.out())
        .doesNotContain(bed.strava().clientSecret(), TestBed.VERIFY_TOKEN);
  }

  @ParameterizedTest
  @CsvSource({"200", "201", "202"})
  void anySuccessWithAnIdIsOne(int status) {
    startInPublic();
    bed.strava()
        .arm(
            FaultRule.on(PATH, Fault.status(status, "{\"id\": 5, \"resource_state\": 2}"))
                .onlyMethod("POST"));

    Run run = run("subscription", "create");

    assertThat(run.err()).contains("does not show it");
    assertThat(
            bed.service()
                .ledger()
                .read()
                .sql("select id from subscription")
                .query(Long.class)
                .single())
        .isEqualTo(5);
  }

  @Test
  void whatIsMissingIsNamed() {
    bed.set("webhook.public-url", "https://runs.example.org").set("strava.verify-token", "");
    assertThat(run("subscription", "create").err()).contains("STRAVA_VERIFY_TOKEN is not set");

    bed.set("webhook.public-url", "");
    Run create = run("subscription", "create");
    assertThat(create.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(create.err()).contains("webhook.public-url");

    bed.set("strava.client-id", "");
    assertThat(run("subscription").exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run("subscription", "destroy").exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
  }

  @Test
  void anUnknownActionIsWrongUsage() {
    Run run = run("subscription", "destroy");

    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("found 'destroy', allowed is show, create or delete");
  }

  @Test
  void withoutStravaItSaysThatItCouldNotBeAsked() {
    bed.strava().arm(PATH, new Fault.Drop());

    Run run = run("subscription");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("the request to Strava failed").hasLineCount(1);
  }

  // what intercepts the request

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          302 | text/html | https://sso.example.org/login?next=/ | ''  | redirects to a login page
          301 | text/html | https://runs.example.org/webhook     | ''  | redirects, which Strava does not follow
          401 | text/html | ''  | ''                                    | requires a login (status 401)
          403 | text/html | ''  | <title>Just a moment...</title>       | shows a bot check
          503 | text/html | ''  | <div class=cf-chl-widget>             | shows a bot check
          403 | text/html | ''  | <h1>Forbidden</h1>                    | forbids the request (status 403)
          403 | application/problem+json | '' | {"status":403}          | a fitroute with another STRAVA_VERIFY_TOKEN
          404 | text/html | ''  | <h1>Not Found</h1>                    | so the path is wrong: check webhook.path
          502 | text/html | ''  | <h1>Bad Gateway</h1>                  | does not reach this service
          500 | text/html | ''  | oops                                  | answers 500 instead of 200
          200 | text/html | ''  | <input type="password">               | shows a login page
          200 | text/html | ''  | <p>Please solve the captcha</p>       | shows a bot check
          200 | text/html | ''  | <h1>Welcome to nginx!</h1>            | shows a web page instead of the challenge
          200 | application/json | '' | {"hub.challenge":"other"}         | does not return the challenge
          200 | text/plain | '' | ok                                    | does not return the challenge
          """)
  void whatIsInBetweenIsExplainedBeforeStravaIsAsked(
      int status, String type, String location, String body, String sentence) throws IOException {
    HttpServer between = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    between.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
          }
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    between.start();
    try {
      bed.set("webhook.public-url", "http://127.0.0.1:" + between.getAddress().getPort());

      Run run = run("subscription", "create");

      assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
      assertThat(run.err())
          .startsWith("fitroute: This service's public address 127.0.0.1 ")
          .contains(sentence)
          .hasLineCount(1);
      assertThat(bed.strava().count("POST", PATH)).isZero();
    } finally {
      between.stop(0);
    }
  }

  @Test
  void anAnswerThatIsTooSlowForStravaIsNoticed() throws Exception {
    HttpServer slow = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    slow.createContext(
        "/",
        exchange -> {
          String challenge =
              exchange.getRequestURI().getRawQuery().replaceAll(".*hub.challenge=(\\w+).*", "$1");
          byte[] body =
              ("{\"hub.challenge\":\"" + challenge + "\"}").getBytes(StandardCharsets.UTF_8);
          try {
            TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(2100).toMillis());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    slow.start();
    try {
      bed.set("webhook.public-url", "http://127.0.0.1:" + slow.getAddress().getPort());

      assertThat(run("subscription", "create").err())
          .contains("answers correctly but after 2", "and Strava waits 2 s");
    } finally {
      slow.stop(0);
    }
  }

  @Test
  void nobodyThereIsExplained() {
    int free = FreePort.any();
    bed.set("webhook.public-url", "http://127.0.0.1:" + free);
    assertThat(run("subscription", "create").err()).contains("refuses the connection");

    bed.set("webhook.public-url", "https://nowhere.invalid");
    assertThat(run("subscription", "create").err())
        .contains("public address nowhere.invalid cannot be found");
  }

  @Test
  void aCertificateThatDoesNotHoldIsExplained() throws Exception {
    HttpsServer secure = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    secure.start();
    try {
      bed.set("webhook.public-url", "https://localhost:" + secure.getAddress().getPort());

      assertThat(run("subscription", "create").err())
          .contains("public address localhost has an invalid certificate");
    } finally {
      secure.stop(0);
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void withoutTheCheckStravaIsAskedAtOnce() {
    bed.set("webhook.public-url", "http://127.0.0.1:1");

    Run run = run("subscription", "create", "--unchecked");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run.err()).contains("Strava could not verify webhook.public-url");
    assertThat(bed.strava().count("POST", PATH)).isEqualTo(1);
  }
}
