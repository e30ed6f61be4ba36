package io.fitroute.strava.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.ManualClock;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.api.ApiResponses;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.api.Cooldowns;
import io.fitroute.strava.api.RateLimitExceeded;
import io.fitroute.strava.api.StravaRefusal;
import io.fitroute.strava.upload.Upload.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When files are sent, and what Strava's answers about them mean. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class UploadRequestsTest {

  private static final String ANN = "4455667";
  private static final Duration GIVE_UP = Duration.ofMinutes(10);

  @Parameter private Database database;
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private final DefaultCamelContext context = new DefaultCamelContext();
  private Ledger ledger;
  private Cooldowns cooldowns;
  private Uploads uploads;
  private UploadRequests requests;

  @BeforeEach
  void open() {
    ledger = Ledger.open(database.url(folder), "", "");
    cooldowns = new Cooldowns(ledger, clock);
    Budget budget = new Budget(ledger, cooldowns, 20, clock);
    Notices notices = new Notices(ledger, Announcements.none(), clock);
    uploads = new Uploads(ledger, clock);
    requests =
        new UploadRequests(
            uploads,
            budget,
            new ApiResponses(budget, new Athletes(ledger, clock), notices),
            2,
            3,
            GIVE_UP,
            clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Upload ask(String name, boolean again) {
    return uploads.ask(ANN, sha256(name), name, "fit", again);
  }

  private static String sha256(String name) {
    return "%64s".formatted(Integer.toHexString(name.hashCode())).replace(' ', '0');
  }

  private Upload find(String name) {
    return uploads.find(ANN, sha256(name)).orElseThrow();
  }

  /** Begins to send a file, and says why it has to wait; empty if it does not. */
  private Exchange begin(String name) {
    Exchange exchange = new DefaultExchange(context);
    requests.begin(exchange, find(name));
    return exchange;
  }

  private String send(String name) {
    ask(name, false);
    return begin(name).getVariable("why", "", String.class);
  }

  private void answer(String name, int status, String body) {
    requests.answered(status, find(name));
    requests.sent(status, body.getBytes(StandardCharsets.UTF_8), null, find(name));
  }

  private void answerWell(String name) {
    answer(name, 201, "{\"id\":%d,\"error\":null}".formatted(Math.abs(name.hashCode()) + 1));
  }

  private void look(String name, String json) throws Exception {
    requests.looked(new ObjectMapper().readTree(json), find(name));
  }

  @Test
  void soManyAreProcessedAtOnceUntilOneIsReadyOrGivenUp() throws Exception {
    assertThat(send("a")).isEmpty();
    answerWell("a");
    assertThat(send("b")).isEmpty();
    assertThat(send("c")).isEqualTo("Strava is processing 2 uploads (upload.at-once)");
    assertThat(find("c").state()).isEqualTo(State.WAITING);

    look("a", "{\"id\":1,\"activity_id\":7}");
    assertThat(send("c")).isEmpty();
    assertThat(find("a").activityId()).isEqualTo("7");
  }

  @Test
  void soManyAreSentWithin24HoursAndTheNextWhenTheOldestIsThatOld() throws Exception {
    for (String name : new String[] {"a", "b", "c"}) {
      assertThat(send(name)).isEmpty();
      look(name, "{\"id\":1,\"activity_id\":7}");
      clock.advance(Duration.ofHours(1));
    }

    ask("d", false);
    Exchange wait = begin("d");
    assertThat(wait.getVariable("why"))
        .isEqualTo("3 files were uploaded within 24 hours (upload.per-day)");
    assertThat(wait.getVariable("until")).isEqualTo(Instant.parse("2026-11-21T12:00:00Z"));

    clock.advance(Duration.ofMillis(1));
    for (String name : new String[] {"e", "f", "g"}) {
      ask(name, false);
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(begin("e").getVariable("until")).isEqualTo(Instant.parse("2026-11-21T13:00:00Z"));
    assertThat(begin("g").getVariable("until")).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));

    clock.advance(Duration.ofHours(21));
    assertThat(send("d")).isEmpty();
    look("d", "{\"id\":1,\"activity_id\":8}");
    assertThat(begin("e").getVariable("until")).isEqualTo(Instant.parse("2026-11-21T13:00:00Z"));
  }

  @Test
  void anotherAthletesUploadsDoNotCount() {
    send("a");
    send("b");
    Upload other = uploads.ask("8", sha256("a"), "a", "fit", false);
    Exchange exchange = new DefaultExchange(context);

    requests.begin(exchange, other);

    assertThat(exchange.getVariable("why")).isNull();
  }

  @Test
  void whatMayHaveArrivedIsSentAgainAfterAWhileAndItsDuplicateIsItself() throws Exception {
    send("a");
    assertThat(begin("a").getVariable("until")).isEqualTo(clock.instant().plusSeconds(10));

    clock.advance(Duration.ofSeconds(10));
    assertThat(begin("a").getVariable("why")).isNull();
    assertThat(find("a").resent()).isTrue();
    look("a", "{\"id\":1,\"error\":\"a.fit duplicate of activity 9\"}");
    assertThat(uploads.original(ANN, "9", Optional.empty())).contains(find("a"));
  }

  @Test
  void theDuplicateOfAFileThatWasSentOnceMayBeAnotherFile() throws Exception {
    send("a");
    look("a", "{\"id\":1,\"error\":\"a.fit duplicate of activity 9\"}");

    assertThat(find("a").state()).isEqualTo(State.DUPLICATE);
    assertThat(uploads.original(ANN, "9", Optional.empty())).isEmpty();
  }

  @Test
  void anActivitysDetailsTellWhichFileItWas() throws Exception {
    send("a");
    answer("a", 201, "{\"id\":77}");
    String details =
        "{\"id\":9,\"start_date\":\"2026-11-20T12:00:00Z\",\"upload_id\":%d,\"external_id\":\"%s\"}";
    String ours = "fitroute-" + sha256("a").substring(0, 16) + ".fit";

    assertThat(uploads.original(ANN, "9", activity(details.formatted(77, "x")))).isPresent();
    assertThat(uploads.original(ANN, "9", activity(details.formatted(0, ours)))).isPresent();
    assertThat(uploads.original(ANN, "9", activity(details.formatted(78, "x")))).isEmpty();
    assertThat(uploads.original("8", "9", activity(details.formatted(77, ours)))).isEmpty();
  }

  private Optional<Activity> activity(String details) throws Exception {
    return Optional.of(Activity.of(new ObjectMapper().readTree(details), clock.instant()));
  }

  @Test
  void withoutBudgetItIsNotSent() {
    cooldowns.set("strava-api", clock.instant().plusSeconds(60), "used up");
    ask("a", false);

    assertThatThrownBy(() -> begin("a")).isInstanceOf(RateLimitExceeded.class);
    assertThat(find("a").state()).isEqualTo(State.WAITING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':1,'activity_id':12,'error':null,'status':'Your activity is ready.'}|READY|12|",
        "{'id':1,'activity_id':'12'}|READY|12|",
        "{'id':1,'error':'x.fit duplicate of activity 123'}|DUPLICATE|123|",
        "{'id':1,'error':'x duplicate of <a href=\\u0027/activities/123\\u0027 target=\\u0027_blank\\u0027>R</a>'}|DUPLICATE|123|",
        "{'id':1,'error':'Duplicate of <a href=\\u0022https://www.strava.com/activities/5\\u0022>'}|DUPLICATE|5|",
        "{'id':1,'error':'x.fit duplicate of something'}|FAILED||x.fit duplicate of something",
        "{'id':1,'error':'<b>Time</b> is missing\\u001b[31m.'}|FAILED||Time is missing [31m.",
        "{'id':1,'status':'The created activity has been deleted.'}|DELETED||the activity was deleted at Strava",
        "{'id':1,'status':'Your activity is still being processed.','activity_id':null}|PROCESSING||",
        "{'id':1}|PROCESSING||",
        "{'id':1,'activity_id':-5,'error':{},'status':[]}|PROCESSING||",
      })
  void eachAnswerHasItsMeaning(String json, State state, String activity, String reason)
      throws Exception {
    send("a");

    look("a", json.replace('\'', '"'));

    assertThat(find("a").state()).isEqualTo(state);
    assertThat(find("a").activityId()).isEqualTo(activity == null ? "" : activity);
    assertThat(find("a").reason()).isEqualTo(reason == null ? "" : reason);
  }

  @Test
  void aLongErrorIsCut() throws Exception {
    send("a");
    look("a", "{\"id\":1,\"error\":\"" + "x<".repeat(100_000) + "\"}");

    assertThat(find("a").reason()).hasSize(300);
  }

  @Test
  void anAnswerWithoutANumberIsNone() {
    send("a");

    assertThatThrownBy(() -> answer("a", 201, "{\"status\":\"fine\"}"))
        .isInstanceOf(StravaRefusal.class)
        .hasMessageContaining("upload id");
    assertThat(find("a").state()).isEqualTo(State.SENDING);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 408})
  void anErrorLeavesItInDoubt(int status) {
    send("a");

    assertThatThrownBy(() -> answer("a", status, "<html>")).isInstanceOf(StravaRefusal.class);
    assertThat(find("a").state()).isEqualTo(State.SENDING);
  }

  @ParameterizedTest
  @CsvSource({"401, access_token, invalid, WAITING", "404, x, y, WAITING"})
  void aRefusalForAnotherReasonMeansThatItIsNotThere(
      int status, String field, String code, State state) {
    send("a");
    String body =
        "{\"message\":\"No\",\"errors\":[{\"resource\":\"Athlete\",\"field\":\"%s\",\"code\":\"%s\"}]}";

    assertThatThrownBy(() -> answer("a", status, body.formatted(field, code)))
        .isInstanceOf(RuntimeException.class);
    assertThat(find("a").state()).isEqualTo(state);
    assertThat(find("a").sentAt()).isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aMissingPermissionIsSaidToBeOne(int status) {
    send("a");

    answer(
        "a",
        status,
        "{\"errors\":[{\"resource\":\"AccessToken\",\"field\":\"activity:write_permission\",\"code\":\"missing\"}]}");

    assertThat(find("a").state()).isEqualTo(State.NOT_PERMITTED);
    assertThat(ask("a", false).state()).isEqualTo(State.WAITING);
  }

  @Test
  void itIsAskedAboutWithGrowingPausesAndGivenUp() throws Exception {
    send("a");
    answerWell("a");
    Instant begin = clock.instant();
    Duration last = Duration.ZERO;
    int looks = 0;
    while (!requests.isGivenUp(find("a"))) {
      Duration pause = Duration.between(clock.instant(), requests.nextLook(find("a")));
      assertThat(pause).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
      assertThat(pause).isGreaterThanOrEqualTo(last);
      last = pause;
      clock.advance(pause);
      look("a", "{\"id\":1}");
      looks++;
    }
    assertThat(looks).isLessThan(30);
    assertThat(Duration.between(begin, clock.instant())).isLessThan(GIVE_UP.plusSeconds(31));

    Exchange soon = new DefaultExchange(context);
    requests.beginLook(soon, find("a"));
    assertThat(soon.getVariable("until")).isEqualTo(clock.instant().plusSeconds(1));
    clock.advance(Duration.ofHours(1));
    ask("a", false);
    assertThat(requests.isGivenUp(find("a"))).isFalse();
    assertThat(find("a").state()).isEqualTo(State.PROCESSING);
  }

  @Test
  void whatStravaRefusedIsSentAgainOnlyOnDemandAndWhatItHasNever() throws Exception {
    send("a");
    look("a", "{\"id\":1,\"error\":\"malformed\"}");
    assertThat(ask("a", false).state()).isEqualTo(State.FAILED);
    assertThat(ask("a", true).state()).isEqualTo(State.WAITING);

    send("b");
    look("b", "{\"id\":2,\"activity_id\":7}");
    assertThat(ask("b", true).state()).isEqualTo(State.READY);
    ledger.write(
        jdbc ->
            jdbc.sql(
                    "insert into tombstone (activity_id, athlete_id, event_time, held, confirmed_at)"
                        + " values ('7', ?, 0, 0, 1)")
                .param(ANN)
                .update());
    assertThat(ask("b", false).state()).isEqualTo(State.READY);
    assertThat(ask("b", true).state()).isEqualTo(State.WAITING);
  }
}
