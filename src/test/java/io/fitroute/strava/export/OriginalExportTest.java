package io.fitroute.strava.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.fitroute.ManualClock;
import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportRefused;
import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitSamples;
import io.fitroute.fit.ReceivedFile;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.WantedSportTypes;
import io.fitroute.strava.api.ActivityEvent;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Cooldowns;
import io.fitroute.strava.oauth.ConfiguredTokens;
import io.fitroute.strava.oauth.TokenGrant;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.strava.oauth.Tokens;
import io.fitroute.strava.oauth.Vaults;
import io.fitroute.system.SystemServices;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Obtaining an original: who receives the credential, where redirects lead, and what is returned.
 */
class OriginalExportTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();
  private static final URI STRAVA = URI.create("https://www.strava.com");
  private static final Duration PAUSE = Duration.ofHours(6);
  private static final byte[] RUN = FitSamples.run(5);
  private static final long PATIENCE = 20_000;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private OriginalExport originals(URI webUrl, String cookie) {
    TokenStore store = Vaults.tokens(ledger, folder, clock);
    ConfiguredTokens seeds =
        new ConfiguredTokens(ledger, store, Vaults.open(ledger, folder, clock), null, null, clock);
    return new OriginalExport(
        webUrl,
        new SessionCredential(Optional.ofNullable(cookie)),
        new Tokens(
            new Athletes(ledger, clock), store, seeds, null, null, SystemServices.with(clock)),
        new Activities(ledger, new WantedSportTypes(List.of("*")), false, true, clock),
        new Cooldowns(ledger, clock),
        PAUSE,
        new FileReceiver(new FitCheck(), 1_000_000),
        new ExportFolder(folder, List.of("original")),
        SystemServices.with(clock));
  }

  private OriginalExport originals() {
    return originals(STRAVA, "the-session");
  }

  private Exchange exchange() {
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.setVariable("event", ActivityEvent.create());
    return exchange;
  }

  private Exchange begun(OriginalExport originals) throws InterruptedException {
    Exchange exchange = exchange();
    originals.begin(exchange);
    return exchange;
  }

  private static void answer(Exchange exchange, int status, byte[] body) {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setBody(body == null ? null : new ByteArrayInputStream(body));
  }

  private static void redirect(Exchange exchange, int status, String location) {
    answer(exchange, status, new byte[0]);
    exchange.getMessage().setHeader("Location", location);
  }

  private static ExportRefused refusal(OriginalExport originals, Exchange exchange) {
    return catchThrowableOfType(ExportRefused.class, () -> originals.judge(exchange));
  }

  @Test
  void asksForTheOriginalOfTheActivity() throws Exception {
    Exchange exchange = begun(originals());
    exchange.getMessage().setHeader("left", "over");
    exchange.getMessage().setBody("left over");

    originals().address(exchange);

    assertThat(exchange.getMessage().getHeaders())
        .containsOnlyKeys(Exchange.HTTP_METHOD, Exchange.HTTP_URI, "Cookie")
        .containsEntry(Exchange.HTTP_METHOD, "GET")
        .containsEntry(Exchange.HTTP_URI, "https://www.strava.com/activities/123/export_original")
        .containsEntry("Cookie", "_strava4_session=the-session");
    assertThat(exchange.getMessage().getBody()).isNull();
  }

  @Test
  void showsTheAccessTokenWhereThereIsNoSession() throws Exception {
    Vaults.tokens(ledger, folder, clock)
        .connect(
            ActivityEvent.ATHLETE,
            "Ann",
            new TokenGrant(
                "the-token",
                "refresh",
                clock.instant().plus(Duration.ofHours(6)),
                Optional.of("read")));
    OriginalExport originals = originals(STRAVA, null);
    Exchange exchange = begun(originals);

    originals.address(exchange);

    assertThat(exchange.getMessage().getHeader("Authorization")).isEqualTo("Bearer the-token");
    assertThat(exchange.getMessage().getHeader("Cookie")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.strava.com, https://www.strava.com/x, true",
    "https://www.strava.com, https://WWW.strava.com:443/x, true",
    "https://www.strava.com:443, https://www.strava.com/x, true",
    "https://www.strava.com, https://www.strava.com:8443/x, false",
    "https://www.strava.com, https://cdn.strava.com/x, false",
    "https://www.strava.com, https://www.strava.com.example.org/x, false",
    "http://localhost:8081, http://localhost:8081/x, true",
    "http://localhost:8081, http://localhost/x, false",
    "http://localhost:8081, https://localhost:8081/x, false",
    "http://localhost, http://localhost:80/x, true",
    "http://localhost:443, https://localhost/x, false"
  })
  void showsACredentialToStravaAlone(URI webUrl, String target, boolean shown) throws Exception {
    OriginalExport originals = originals(webUrl, "the-session");
    Exchange exchange = begun(originals);
    redirect(exchange, 302, target);
    originals.judge(exchange);

    originals.address(exchange);

    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_URI)).isEqualTo(target);
    assertThat(exchange.getMessage().getHeaders().containsKey("Cookie")).isEqualTo(shown);
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Authorization");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsFiveRedirects(int status) throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    for (int hop = 1; hop <= 5; hop++) {
      redirect(exchange, status, "/hop/" + hop);
      originals.judge(exchange);
      originals.address(exchange);
      assertThat(exchange.getMessage().getHeader(Exchange.HTTP_URI))
          .isEqualTo("https://www.strava.com/hop/" + hop);
    }
    redirect(exchange, status, "/hop/6");
    assertThat(refusal(originals, exchange))
        .hasMessage("more than 5 redirects for the original")
        .extracting(ExportRefused::kind)
        .isEqualTo(Kind.PASSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://www.strava.com/x",
        "http://cdn.example.org/x",
        "ftp://cdn.example.org/x",
        "https:///x",
        "https://user:password@cdn.example.org/x",
        "https://cdn.example.org/a b",
        "mailto:ann@example.org"
      })
  void followsNoRedirectToNowhereSensible(String location) throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    redirect(exchange, 302, location);

    assertThat(refusal(originals, exchange))
        .hasMessage("an invalid redirect for the original")
        .extracting(ExportRefused::kind)
        .isEqualTo(Kind.PASSING);
  }

  @Test
  void aSiteWithoutEncryptionMayLeadToOneWith() throws Exception {
    OriginalExport originals = originals(URI.create("http://localhost:8081"), "the-session");
    Exchange exchange = begun(originals);
    redirect(exchange, 302, " https://cdn.example.org/file ");

    originals.judge(exchange);
    originals.address(exchange);

    assertThat(exchange.getMessage().getHeader(Exchange.HTTP_URI))
        .isEqualTo("https://cdn.example.org/file");
  }

  @ParameterizedTest
  @CsvSource({
    "/login, true",
    "/session/new, true",
    "/register/free, true",
    "https://strava.com/login, true",
    "https://auth.strava.com/login, true",
    "/login-help, false",
    "/a/login, false",
    "https://cdn.example.org/login, false",
    "https://notstrava.com/login, false"
  })
  void theLoginPageMeansThatTheSessionIsOver(String location, boolean over) throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    redirect(exchange, 302, location);

    ExportRefused refusal = refusal(originals, exchange);

    if (over) {
      assertThat(refusal.kind()).isEqualTo(Kind.CREDENTIAL);
      assertThat(refusal).hasMessageContaining("redirected to the login page");
    } else {
      assertThat(refusal).isNull();
    }
  }

  @Test
  void aCredentialThatIsRefusedIsLeftAlone() throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    answer(exchange, 401, new byte[0]);

    ExportRefused refusal = refusal(originals, exchange);

    assertThat(refusal.kind()).isEqualTo(Kind.CREDENTIAL);
    assertThat(refusal.until()).contains(clock.instant().plus(PAUSE));
    assertThat(refusal)
        .hasMessage("the session cookie cannot export originals: Strava's web site answered 401");
    originals.end(exchange);

    ExportRefused known =
        catchThrowableOfType(ExportRefused.class, () -> originals.begin(exchange()));
    assertThat(known.kind()).isEqualTo(Kind.CREDENTIAL);
    assertThat(known.until()).contains(clock.instant().plus(PAUSE));
    assertThat(known).hasMessage(refusal.getMessage());
    // another session is tried at once
    assertThat(catchThrowable(() -> originals(STRAVA, "another").begin(exchange()))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403})
  void aPageConcernsOneActivityUntilASecondInARowGetsOneToo(int status) throws Exception {
    byte[] page = "<html></html>".getBytes(StandardCharsets.UTF_8);
    OriginalExport originals = originals();
    for (String activity : List.of("1", "1", "file", "2", "2")) {
      Exchange exchange = begun(originals, activity);
      if (activity.equals("file")) {
        answer(exchange, 200, RUN);
        originals.judge(exchange);
      } else {
        answer(exchange, status, page);
        assertThat(refusal(originals, exchange).kind()).isEqualTo(Kind.PASSING);
      }
      originals.end(exchange);
    }

    Exchange second = begun(originals, "3");
    answer(second, status, page);

    assertThat(refusal(originals, second).kind()).isEqualTo(Kind.CREDENTIAL);
  }

  private Exchange begun(OriginalExport originals, String activity) throws InterruptedException {
    Exchange exchange = exchange();
    exchange.setVariable("event", ActivityEvent.createOf(activity));
    originals.begin(exchange);
    return exchange;
  }

  @Test
  void aStoreOfFilesKnowsNothingOfTheCredential() throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    redirect(exchange, 302, "https://cdn.example.org/file");
    originals.judge(exchange);
    answer(exchange, 403, new byte[0]);

    assertThat(refusal(originals, exchange))
        .hasMessage("the redirect target for the original answered 403")
        .extracting(ExportRefused::kind)
        .isEqualTo(Kind.PASSING);
  }

  @ParameterizedTest
  @CsvSource({
    "404, ABSENT, Strava has no original of it",
    "500, PASSING, Strava's web site answered 500 for the original",
    "304, PASSING, Strava's web site answered 304 for the original"
  })
  void otherAnswersSayWhetherItIsWorthAskingAgain(int status, Kind kind, String reason)
      throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    answer(exchange, status, new byte[0]);

    ExportRefused refusal = refusal(originals, exchange);

    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(refusal).hasMessage(reason);
  }

  @Test
  void aFitFileIsTheExport() throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    answer(exchange, 200, RUN);

    originals.judge(exchange);

    ExportedFile file = exchange.getVariable(Exports.EXPORT, ExportedFile.class);
    assertThat(file.path()).hasBinaryContent(RUN);
    assertThat(file).isEqualTo(ExportedFile.measured(file.path(), "original"));
    assertThat(exchange.getVariable("location", "nothing left", String.class))
        .doesNotContain("strava.com");
  }

  @Test
  void anotherFormatIsKeptAside() throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    answer(exchange, 200, "<gpx></gpx>".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(originals, exchange))
        .hasMessage("the original is GPX, not FIT")
        .extracting(ExportRefused::kind)
        .isEqualTo(Kind.FOREIGN);
    assertThat(exchange.getVariable(OriginalExport.FOREIGN_ORIGINAL, ReceivedFile.class).path())
        .hasContent("<gpx></gpx>");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "<html></html>, PASSING, answered with a web page instead of a file for the original",
        "<gpx>, PASSING, the original is incomplete",
        "'', ABSENT, the original is empty",
        "nothing, ABSENT, the original is empty",
        "what is this?, UNUSABLE, the original is unusable: neither FIT"
      },
      nullValues = "nothing")
  void whatIsNoFileIsRefused(String body, Kind kind, String reason) throws Exception {
    OriginalExport originals = originals();
    Exchange exchange = begun(originals);
    answer(exchange, 200, body == null ? null : body.getBytes(StandardCharsets.UTF_8));

    ExportRefused refusal = refusal(originals, exchange);

    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(refusal).hasMessageContaining(reason);
  }

  @Test
  void oneAtATimeTriesACredentialUntilItIsKnownToWork() throws Exception {
    OriginalExport originals = originals();
    Exchange first = begun(originals);
    Thread second = waiting(originals);
    answer(first, 200, RUN);
    originals.judge(first);
    originals.end(first);
    second.join(PATIENCE);
    assertThat(second.isAlive()).isFalse();

    // nobody has to wait from now on, whether or not earlier callers have ended
    assertTimeoutPreemptively(
        Duration.ofMillis(PATIENCE),
        () -> {
          begun(originals);
          begun(originals);
        });
  }

  @Test
  void aCredentialThatNoLongerWorksIsTriedByOneAtATimeAgain() throws Exception {
    OriginalExport originals = originals();
    Exchange first = begun(originals);
    answer(first, 200, RUN);
    originals.judge(first);
    originals.end(first);
    Exchange refused = begun(originals);
    answer(refused, 401, new byte[0]);
    refusal(originals, refused);
    originals.end(refused);
    clock.advance(PAUSE);

    Exchange trial = begun(originals);
    Thread other = waiting(originals);
    originals.end(trial);
    other.join(PATIENCE);
    assertThat(other.isAlive()).isFalse();
  }

  /** A thread that has to wait to begin. */
  private Thread waiting(OriginalExport originals) {
    Thread thread =
        new Thread(
            () -> {
              try {
                begun(originals);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }
}
