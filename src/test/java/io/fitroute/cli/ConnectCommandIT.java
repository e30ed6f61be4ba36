package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.FreePort;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.ledger.Ledger;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.strava.api.Athletes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that connect and disconnect athletes, with and without a running service. */
class ConnectCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANN = Long.toString(TestBed.ATHLETE);
  private static final Pattern ADDRESS = Pattern.compile("^ +(http\\S+)$", Pattern.MULTILINE);

  @TempDir Path folder;
  private TestBed bed;

  @BeforeEach
  void prepare() throws IOException {
    bed = TestBed.prepare(folder).set("webhook.port", Integer.toString(FreePort.any()));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Run run(String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  /** Runs a command and acts as the user in the browser. */
  private Run runAndBrowse(String... arguments) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Program program =
        new Program(
            Run.environment(bed.environment(), folder), new PrintWriter(out), new PrintWriter(err));
    CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> program.run(arguments));
    Matcher address =
        await()
            .until(() -> ADDRESS.matcher(err.toString()), found -> found.find(0) || end.isDone());
    HttpRequest request = HttpRequest.newBuilder(URI.create(address.group(1))).build();
    String page =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .build()
            .send(request, BodyHandlers.ofString())
            .body();
    assertThat(page).contains("<h1>").contains("fitroute");
    return new Run(end.get(), out.toString(), err.toString());
  }

  private Optional<Athletes.Athlete> ann() {
    try (Ledger ledger = LedgerFile.open(bed.settings())) {
      return new Athletes(ledger, Clock.systemUTC()).find(ANN);
    }
  }

  @Test
  void anAthleteConnectsThroughTheRunningService() throws Exception {
    bed.start();
    bed.strava().consentAutomatically(TestBed.ATHLETE);

    Run run = runAndBrowse("connect", "--no-browser", "--json");

    assertThat(run.exitCode()).isZero();
    JsonNode report = JSON.readTree(run.out());
    assertThat(report.path("athlete_id").asText()).isEqualTo(ANN);
    assertThat(report.path("name").asText()).isEqualTo("Ann Example");
    assertThat(report.path("scope").asText()).isEqualTo("activity:read_all,read");
    assertThat(ann()).isPresent();
  }

  @Test
  void anAthleteConnectsWithoutAService() throws Exception {
    bed.strava().consentAutomatically(TestBed.ATHLETE);

    Run run = runAndBrowse("connect", "--no-browser");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("connected: Ann Example, athlete 4455667, with the scope activity:read_all")
        .contains("next: start the service with ./fitroute");
    assertThat(run.out() + run.err())
        .doesNotContain(
            bed.strava().clientSecret(),
            bed.strava().tokensOf(TestBed.ATHLETE).orElseThrow().accessToken(),
            bed.strava().tokensOf(TestBed.ATHLETE).orElseThrow().refreshToken());
    assertThat(ann()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRefusalInTheBrowserEndsTheCommand(boolean besideService) throws Exception {
    if (besideService) {
      bed.start();
    }
    bed.strava().refuseAutomatically(TestBed.ATHLETE);

    Run run = runAndBrowse("connect", "--no-browser");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run.err()).contains("fitroute: You denied access at Strava");
    assertThat(run.out()).isEmpty();
    assertThat(ann()).isEmpty();
  }

  @Test
  void aBoxThatWasNotTickedIsNamed() throws Exception {
    bed.strava().consentAutomatically(TestBed.ATHLETE, "read");

    Run run = runAndBrowse("connect", "--no-browser", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(JSON.readTree(run.out()).path("error").asText())
        .contains("The permission lacks activity:read_all");
  }

  @Test
  void whenNobodyComesBackItSaysWhatMayBeWrong() {
    Run run = run("connect", "--no-browser", "--timeout", "1s");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("no answer from Strava within 1 s")
        .contains(
            "Authorization Callback Domain at https://www.strava.com/settings/api to localhost")
        .contains("./fitroute connect --code");
  }

  @Test
  void aPortThatSomebodyElseUsesIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      bed.set("webhook.port", Integer.toString(taken.getLocalPort()));

      Run run = run("connect", "--no-browser");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err())
          .startsWith("fitroute: the port of strava.redirect-uri is " + taken.getLocalPort())
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "http://localhost:5000/oauth/callback?state=x&code=%s&scope=read,activity:read_all",
        "http://localhost:5000/oauth/callback?state=x&code=%s&scope=read%%20activity:read_all#top",
        "code=%s"
      })
  void aCodeCanBeHandedOverByHand(String form) {
    String code = bed.strava().authorize(TestBed.ATHLETE, "read,activity:read_all");

    Run run = run("connect", "--code", form.formatted(code));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("connected: Ann Example");
    assertThat(ann()).isPresent();
  }

  @Test
  void aCodeByHandWorksBesideTheService() {
    bed.start();
    String code = bed.strava().authorize(TestBed.ATHLETE, "read,activity:read_all");

    assertThat(run("connect", "--code", code).exitCode()).isZero();
    assertThat(bed.service().athletes().find(ANN)).isPresent();
  }

  @Test
  void whatIsWrongWithACodeByHandIsTold() {
    Run used = run("connect", "--code", "0123456789abcdef");
    Run denied = run("connect", "--code", "http://localhost/?state=&error=access_denied");
    Run narrow = run("connect", "--code", "http://localhost/?code=a&scope=read");

    assertThat(used.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(used.err()).contains("does not accept the code: it is valid once").hasLineCount(1);
    assertThat(denied.err()).contains("You denied access at Strava").hasLineCount(1);
    assertThat(narrow.err()).contains("lacks activity:read_all").hasLineCount(1);
  }

  @Test
  void withoutAnApplicationThereIsNothingToConnectTo() {
    bed.set("strava.client-secret", "");

    Run run = run("connect");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run.err()).contains("https://www.strava.com/settings/api").hasLineCount(1);
  }

  private void connectAnn() {
    String code = bed.strava().authorize(TestBed.ATHLETE, "read,activity:read_all");
    assertThat(run("connect", "--code", code).exitCode()).isZero();
  }

  @Test
  void disconnectGivesThePermissionBackAndForgetsTheTokens() {
    connectAnn();

    Run run = run("disconnect", ANN);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Ann Example, athlete 4455667", "at Strava revoked");
    assertThat(ann()).isEmpty();
    assertThat(bed.strava().tokensOf(TestBed.ATHLETE)).isEmpty();
    assertThat(bed.strava().count("POST", "/oauth/revoke")).isEqualTo(1);
    assertThat(bed.strava().count("POST", "/oauth/deauthorize")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 405, 410})
  void disconnectFallsBackToTheOlderWay(int status) {
    connectAnn();
    bed.strava().arm("/oauth/revoke", Fault.status(status));

    assertThat(run("disconnect", ANN).out()).contains("at Strava revoked");
    assertThat(bed.strava().tokensOf(TestBed.ATHLETE)).isEmpty();
    assertThat(ann()).isEmpty();
  }

  @Test
  void disconnectForgetsTokensThatStravaDoesNotKnowAnyMore() {
    connectAnn();
    bed.strava().revoke(TestBed.ATHLETE);
    bed.strava().arm("/oauth/revoke", Fault.status(404));

    Run run = run("disconnect", ANN, "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\"at_strava\":\"was revoked already\"");
    assertThat(ann()).isEmpty();
  }

  @Test
  void disconnectKeepsTheTokensWhileStravaCannotRevokeThem() {
    connectAnn();
    var fault = bed.strava().arm("/oauth/revoke", Fault.status(503));

    Run run = run("disconnect", ANN);

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("answered 503", "--only-here").hasLineCount(1);
    assertThat(ann()).isPresent();

    Run forced = run("disconnect", ANN, "--only-here");
    assertThat(forced.out()).contains("the permission at Strava was not touched");
    assertThat(fault.hits()).isEqualTo(1);
    assertThat(ann()).isEmpty();
  }

  @Test
  void disconnectOfSomebodyElseNamesThoseWhoAreConnected() {
    connectAnn();

    Run run = run("disconnect", "5");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("athlete 5 is not connected; connected: 4455667");
  }

  @Test
  void theBrowserIsTheOneOfTheDesktop() {
    String address = "https://www.strava.com/oauth/authorize?client_id=1&state=a";

    assertThat(browser("Linux").command(address)).isEmpty();
    assertThat(browser("Linux", "DISPLAY", ":0").command(address).orElseThrow())
        .containsExactly("xdg-open", address);
    assertThat(browser("Mac OS X").command(address).orElseThrow()).startsWith("open");
    assertThat(browser("Windows 11").command(address).orElseThrow()).startsWith("rundll32");
    assertThat(browser("Linux", "BROWSER", "my-browser").command(address).orElseThrow())
        .containsExactly("my-browser", address);
    assertThat(browser("Linux", "BROWSER", "/nowhere/none").open(URI.create(address))).isFalse();
  }

  private static WebBrowser browser(String system, String... variable) {
    return new WebBrowser(
        variable.length == 0 ? java.util.Map.of() : java.util.Map.of(variable[0], variable[1]),
        system);
  }
}
