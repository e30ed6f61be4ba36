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
import io.fitroute.simulator.FakeStravaOptions;
import io.fitroute.simulator.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The findings of the doctor, with and without problems. */
class DoctorCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANN = Long.toString(TestBed.ATHLETE);

  @TempDir Path folder;
  private TestBed bed;

  @AfterEach
  void close() {
    bed.close();
  }

  private Run run(String... arguments) {
    return Run.of(Run.environment(bed.environment(), folder), arguments);
  }

  private void connect(long athlete) {
    String code = bed.strava().authorize(athlete, "read,activity:read_all");
    assertThat(run("connect", "--code", code).exitCode()).isZero();
  }

  /** The only finding about a subject. */
  private JsonNode finding(Run run, String subject) {
    try {
      List<JsonNode> found =
          StreamSupport.stream(JSON.readTree(run.out()).path("findings").spliterator(), false)
              .filter(one -> one.path("subject").asText().equals(subject))
              .toList();
      assertThat(found).as(run.out()).hasSize(1);
      return found.get(0);
    } catch (IOException e) {
      throw new AssertionError(run.out(), e);
    }
  }

  private void assertFinding(Run run, String subject, String verdict, String what, String fix) {
    JsonNode finding = finding(run, subject);
    assertThat(finding.path("verdict").asText()).as(finding.toString()).isEqualTo(verdict);
    assertThat(finding.path("what").asText()).contains(what);
    assertThat(finding.path("fix").asText()).contains(fix);
    assertThat(finding.path("why").asText().isEmpty()).isEqualTo(verdict.equals("good"));
  }

  @Test
  void whereAllIsWellItSaysSo() throws Exception {
    int port = FreePort.any();
    bed =
        TestBed.prepare(folder)
            .set("webhook.port", Integer.toString(port))
            .set("webhook.public-url", "http://127.0.0.1:" + port);
    String cookies = bed.strava().rememberCookies(TestBed.ATHLETE);
    bed.set("strava.session-cookie", cookies).start();
    connect(TestBed.ATHLETE);
    await().until(() -> bed.strava().subscription().isPresent());
    bed.strava().clearRequests();

    Run run = run("doctor", "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertFinding(run, "settings", "good", "complete", "");
    assertFinding(run, "service", "good", "is running", "");
    assertFinding(run, "ledger", "good", "whole", "");
    assertFinding(run, "data folder", "good", "rwx------", "");
    assertFinding(run, "sink file", "good", "accepts files", "");
    assertFinding(run, "Strava's API", "good", "accepts the application", "");
    assertFinding(run, "athlete " + ANN, "good", "accepts the token", "");
    assertFinding(run, "subscription", "good", "which is this service", "");
    assertFinding(run, "session credential", "good", "29 days left", "");
    assertFinding(run, "clock", "good", "0 s", "");
    assertFinding(run, "backlog", "good", "0 events wait", "");
    assertFinding(run, "dead events", "good", "none", "");
    assertFinding(run, "public address", "warning", "only this machine", "publicly reachable");
    assertThat(bed.strava().requests()).hasSizeBetween(2, 5);
    assertThat(bed.files()).isEmpty();
    String text = run("doctor").out();
    assertThat(text)
        .contains("good            settings: complete")
        .contains("0 troubles, 0 to set up");
    assertThat(text + run.out())
        .doesNotContain(
            bed.strava().clientSecret(),
            bed.strava().tokensOf(TestBed.ATHLETE).orElseThrow().accessToken(),
            bed.strava().tokensOf(TestBed.ATHLETE).orElseThrow().refreshToken(),
            TestBed.VERIFY_TOKEN,
            cookies.replaceAll(".*token=", ""));
  }

  @Test
  void whereNothingIsSetItSaysWhatToSet() {
    bed = TestBed.prepare(folder);
    bed.set("strava.client-id", "").set("strava.client-secret", "").set("strava.verify-token", "");

    Run run = run("doctor");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertThat(run.out())
        .contains("STRAVA_CLIENT_ID is not set")
        .contains("STRAVA_CLIENT_SECRET is not set")
        .contains("STRAVA_VERIFY_TOKEN is not set")
        .contains("fix: Put it into .env.")
        .contains("why: ");
    assertThat(bed.strava().requests()).isEmpty();
  }

  @Test
  void aSettingThatCannotBeUsedIsAFinding() {
    bed = TestBed.prepare(folder).set("webhook.port", "eighty");

    Run run = run("doctor", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertFinding(
        run, "settings", "not-configured", "webhook.port is \"eighty\"", "Correct the setting");
  }

  @Test
  void whoHasToConnectIsNamed() {
    bed = TestBed.prepare(folder);
    assertFinding(
        run("doctor", "--json"),
        "athletes",
        "not-configured",
        "no athlete is connected",
        "./fitroute connect");

    connect(TestBed.ATHLETE);
    bed.strava().revoke(TestBed.ATHLETE);
    Run revoked = run("doctor", "--json");

    assertThat(revoked.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertFinding(
        revoked, "athlete " + ANN, "not-configured", "no longer accepts", "./fitroute connect");
  }

  @Test
  void aScopeThatIsTooNarrowIsNamed() {
    bed = TestBed.prepare(folder).set("strava.scope", "read,activity:read");
    String code = bed.strava().authorize(TestBed.ATHLETE, "read,activity:read");
    assertThat(run("connect", "--code", code).exitCode()).isZero();
    bed.set("strava.scope", "read,activity:read_all");

    assertFinding(
        run("doctor", "--json"),
        "athlete " + ANN,
        "not-configured",
        "lacks activity:read_all",
        "./fitroute connect");
  }

  @Test
  void howManyAthletesThereAreItAsksStravaAtMostFiveTimes() {
    bed = TestBed.prepare(folder);
    for (long id = 1; id <= 10; id++) {
      bed.strava().addAthlete(id, "Athlete", "Example");
      connect(id);
    }
    bed.strava().clearRequests();

    Run run = run("doctor", "--json");

    assertThat(bed.strava().requests()).hasSizeBetween(3, 5);
    assertFinding(run, "athlete 1", "good", "accepts the token", "");
    assertFinding(run, "athlete 9", "good", "not tested, to save API budget", "");
  }

  @Test
  void tokensThatHaveToBeRenewedStayWithinTheFive() {
    bed = TestBed.prepare(folder);
    for (long id = 1; id <= 3; id++) {
      bed.strava().addAthlete(id, "Athlete", "Example");
      connect(id);
      bed.strava().expireAccessToken(id);
    }
    bed.strava().clearRequests();

    Run run = run("doctor", "--json");

    assertThat(bed.strava().requests()).hasSizeLessThanOrEqualTo(5);
    assertFinding(run, "athlete 1", "good", "accepts the token", "");
  }

  @Test
  void anApplicationThatStravaSwitchedOffIsNamed() {
    bed = TestBed.prepare(folder);
    connect(TestBed.ATHLETE);
    bed.strava().setApplicationActive(false);

    Run run = run("doctor", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertFinding(
        run,
        "athlete " + ANN,
        "not-configured",
        "inactive",
        "Its owner must renew the Strava subscription");
  }

  @Test
  void aWrongSecretIsNamed() {
    bed = TestBed.prepare(folder).set("strava.client-secret", "wrong");

    assertFinding(
        run("doctor", "--json"),
        "Strava's API",
        "not-configured",
        "STRAVA_CLIENT_SECRET must be",
        "Follow the message");
  }

  @Test
  void withoutStravaItFails() {
    bed = TestBed.prepare(folder);
    bed.strava().arm("/api/**", new Fault.Drop());

    Run run = run("doctor", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertFinding(
        run, "Strava's API", "trouble", "the connection failed", "connection to the internet");
  }

  @Test
  void aSubscriptionThatIsMissingOrLeadsElsewhereIsNamed() {
    bed = TestBed.prepare(folder).set("webhook.public-url", "https://runs.example.org");
    connect(TestBed.ATHLETE);

    Run missing = run("doctor", "--json");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.NOT_CONFIGURED);
    assertFinding(
        missing, "subscription", "not-configured", "has none", "./fitroute subscription create");
    assertFinding(missing, "public address", "warning", "service is not running", "./fitroute");

    bed.strava().subscribe("https://other.example.org/hook");
    assertFinding(
        run("doctor", "--json"),
        "subscription",
        "not-configured",
        "which is not webhook.public-url",
        "create --replace");
  }

  @Test
  void aSinkThatTakesNothingIsNamed() throws IOException {
    bed = TestBed.prepare(folder);
    connect(TestBed.ATHLETE);
    Files.writeString(bed.downloads(), "a file where the folder should be");

    Run run = run("doctor", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertFinding(run, "sink file", "trouble", "could not be put there", "set download.base-dir");
  }

  @Test
  void aSinkThatDoesNotExistIsNamed() {
    bed = TestBed.prepare(folder).set("fit.sinks", "file,nowhere");

    assertFinding(
        run("doctor", "--json"),
        "sink nowhere",
        "trouble",
        "kamelet fit-nowhere-sink",
        "correct fit.sinks");
  }

  @Test
  void aSinkThatARouteMayNameIsTriedToo() throws IOException {
    Path home = TestBed.copyHome(folder.resolve("home"));
    Path route = home.resolve("routes/choose-sinks.camel.yaml");
    Files.writeString(
        route,
        Files.readString(route).replace("\"{{fit.sinks}}\"", "\"{{fit.sinks}},webdav,elsewhere\""));
    bed = TestBed.prepare(folder).set("webdav.url", "http://127.0.0.1:1/dav");

    Run run = Run.of(new Environment(bed.environment(), folder, home), "doctor", "--json");

    assertFinding(run, "sink file", "good", "accepts files", "");
    assertFinding(run, "sink webdav", "trouble", "http://127.0.0.1:1/dav", "settings of the sink");
    assertThat(run.out()).doesNotContain("sink elsewhere", "sink ftp");
  }

  @Test
  void whatOthersCanReadIsNamed() throws IOException {
    bed = TestBed.prepare(folder);
    connect(TestBed.ATHLETE);
    Path data = folder.resolve("data");
    Path dotEnv = Files.writeString(folder.resolve(".env"), "");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(dotEnv, PosixFilePermissions.fromString("rw-r--r--"));

    Run run = run("doctor", "--json");

    assertFinding(run, "data folder", "warning", "rwxr-xr-x", "chmod 700 '" + data + "'");
    assertFinding(run, ".env", "warning", "rw-r--r--", "chmod 600 '" + dotEnv + "'");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aDamagedLedgerIsNamed() throws IOException {
    bed = TestBed.prepare(folder);
    connect(TestBed.ATHLETE);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("data/fitroute.db").toFile(), "rw")) {
      file.seek(4096 * 3);
      file.write("nonsense".repeat(512 * 4).getBytes(StandardCharsets.US_ASCII));
    }

    Run run = run("doctor", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(finding(run, "ledger").path("verdict").asText()).isEqualTo("trouble");
    assertThat(run.out()).contains("backup").doesNotContain("Exception");
  }

  @Test
  void aClockThatIsWrongIsNamed() {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));
    bed = TestBed.prepare(folder, FakeStravaOptions.builder().clock(ahead).build());

    assertFinding(
        run("doctor", "--json"), "clock", "warning", "differs from Strava's", "timedatectl");
  }

  @Test
  void aCredentialThatEndsIsNamedInTime() {
    bed = TestBed.prepare(folder);

    bed.set("strava.session-cookie", remembered(Instant.now().plus(Duration.ofHours(50))));
    assertFinding(
        run("doctor", "--json"),
        "session credential",
        "warning",
        "2 days left",
        "STRAVA_SESSION_COOKIE again");

    bed.set("strava.session-cookie", remembered(Instant.now().minusSeconds(5)));
    assertFinding(
        run("doctor", "--json"),
        "session credential",
        "trouble",
        "that expired on",
        "STRAVA_SESSION_COOKIE again");

    bed.set("strava.session-cookie", "0123456789abcdef");
    assertFinding(
        run("doctor", "--json"), "session credential", "good", "without an expiry date", "");
  }

  private static String remembered(Instant end) {
    String claims = "{\"sub\":7,\"exp\":" + end.getEpochSecond() + "}";
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return "strava_remember_id=7; strava_remember_token="
        + base64.encodeToString("{}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".signature";
  }

  @Test
  void whatWaitsTooLongAndWhatWasGivenUpIsNamed() {
    bed = TestBed.prepare(folder);
    connect(TestBed.ATHLETE);
    try (Ledger ledger = LedgerFile.open(bed.settings())) {
      ledger.write(
          jdbc -> {
            insert(jdbc, 1, "pending", Instant.now().minus(Duration.ofHours(1)).toEpochMilli());
            insert(jdbc, 2, "dead", null);
            return 0;
          });
    }

    Run run = run("doctor", "--json");

    assertFinding(run, "backlog", "warning", "1 of them are overdue", "./fitroute");
    assertFinding(run, "dead events", "warning", "1 event was given up", "replay --dead");
  }

  private static void insert(
      org.springframework.jdbc.core.simple.JdbcClient jdbc, int id, String state, Long due) {
    jdbc.sql(
            "insert into event (origin, priority, subscription_id, object_type, object_id, aspect,"
                + " owner_id, event_time, updates, received_at, state, due_at)"
                + " values ('strava', 0, 1, 'activity', ?, 'create', '7', 0, '', 0, ?, ?)")
        .params(java.util.Arrays.asList(Integer.toString(id), state, due))
        .update();
  }

  @Test
  void aBudgetThatIsUsedUpIsNamed() {
    bed = TestBed.prepare(folder, FakeStravaOptions.builder().build());
    connect(TestBed.ATHLETE);
    bed.strava().useUpRequests(100);
    run("doctor");

    Run run = run("doctor", "--json");

    assertThat(run.out()).contains("\"API budget\",\"verdict\":\"warning\"");
    assertFinding(run, "athlete " + ANN, "warning", "not asked", "Wait");
  }
}
