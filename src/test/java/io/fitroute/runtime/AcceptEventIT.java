package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static io.fitroute.runtime.HttpAnswers.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid and invalid events posted to the webhook. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptEventIT {

  private static final String RECEIVED = "{\"status\":\"received\"}";
  private static final int LARGEST = 32768;
  private static final AtomicLong OBJECTS = new AtomicLong(17_000_000_000L);

  private TestBed bed;
  private SecondConnection ledger;

  @BeforeAll
  void start(@TempDir Path folder) throws SQLException {
    bed = TestBed.prepare(folder).start();
    ledger = new SecondConnection(bed.ledgerFile());
  }

  @AfterAll
  void stop() throws SQLException {
    ledger.close();
    bed.close();
  }

  @Test
  void anEventIsOnDiskWhenItsAnswerIsThere() throws Exception {
    long id = OBJECTS.incrementAndGet();

    HttpResponse<String> answer = bed.post(event(id, ""));

    assertThat(stored(id)).containsExactly("create");
    assertJson(answer, 200, RECEIVED);
  }

  @Test
  void whatIsStoredIsWhatWasSent() throws Exception {
    long id = OBJECTS.incrementAndGet();

    bed.post(
        """
        {"aspect_type":"update","event_time":1795154460,"object_id":%d,"object_type":"activity",
         "owner_id":4455667,"subscription_id":274001,
         "updates":{"title":"Läufe 🏃 \\u0000\\" ${x}","type":"Run","private":false}}"""
            .formatted(id));

    assertThat(
            ledger.column(
                "select origin || ' ' || priority || ' ' || subscription_id || ' ' || object_type || ' '"
                    + " || aspect || ' ' || owner_id || ' ' || event_time || ' ' || updates"
                    + " from event where object_id = ?",
                Long.toString(id)))
        .containsExactly(
            "strava 0 274001 activity update 4455667 1795154460000"
                + " {\"private\":\"false\",\"title\":\"Läufe 🏃 \\u0000\\\" ${x}\",\"type\":\"Run\"}");
  }

  @Test
  void aRepeatIsAnsweredAlikeAndStoredOnce() throws Exception {
    long id = OBJECTS.incrementAndGet();
    String reordered =
        """
        { "subscription_id": 274001, "updates": {}, "object_type": "activity", "object_id": %d,
          "owner_id": 4455667, "event_time": 1795154400, "aspect_type": "create" }"""
            .formatted(id);
    List<String> repeats =
        List.of(
            event(id, ""),
            event(id, ""),
            event(id, ",\"updates\":{}"),
            event(id, ",\"updates\":null"),
            event(id, ",\"api_version\":{\"a\":[1,{\"b\":null}]},\"x\":1.5e300"),
            reordered,
            "\uFEFF" + reordered);

    for (String repeat : repeats) {
      assertJson(bed.post(repeat), 200, RECEIVED);
    }

    assertThat(stored(id)).hasSize(1);
  }

  @Test
  void aBooleanAndItsWordAreTheSameUpdateToldTwice() throws Exception {
    long id = OBJECTS.incrementAndGet();

    bed.post(event(id, ",\"updates\":{\"private\":true,\"title\":\"x\"}"));
    bed.post(event(id, ",\"updates\":{\"title\":\"x\",\"private\":\"true\"}"));

    assertThat(stored(id)).hasSize(1);
  }

  @Test
  void eventsThatDifferInAnythingAreAllKept() throws Exception {
    long id = OBJECTS.incrementAndGet();
    List<String> different =
        List.of(
            event(id, ""),
            event(id, "").replace("create", "update"),
            event(id, "").replace("create", "delete"),
            event(id, "").replace("1795154400", "1795154401"),
            event(id, "").replace("activity", "athlete"),
            event(id, "").replace("274001", "274002"),
            event(id, ",\"updates\":{\"title\":\"x\"}"));

    for (String one : different) {
      assertJson(bed.post(one), 200, RECEIVED);
    }

    assertThat(stored(id)).hasSize(different.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "9007199254740993", "9223372036854775807"})
  void everyIdOf64BitsIsKeptExactly(String id) throws Exception {
    assertJson(bed.post(event(7, "").replace(":7,", ":" + id + ",")), 200, RECEIVED);

    assertThat(ledger.column("select object_id from event where object_id = ?", id)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "object_type | 'x' | the string \"x\"",
        "object_type | 'Activity' | the string \"Activity\"",
        "object_type | '' | the string \"\"",
        "object_type | 1 | 1",
        "object_type | null | null",
        "object_type | ['activity'] | an array",
        "aspect_type | 'created' | the string \"created\"",
        "aspect_type | true | true",
        "aspect_type | {'a':1} | an object",
        "object_id | 0 | 0",
        "object_id | -1 | -1",
        "object_id | 1.0 | 1.0",
        "object_id | 1e3 | 1000.0",
        "object_id | '123' | the string \"123\"",
        "object_id | 9223372036854775808 | 9223372036854775808",
        "object_id | null | null",
        "object_id | true | true",
        "object_id | [1] | an array",
        "owner_id | '4455667' | the string \"4455667\"",
        "owner_id | 0 | 0",
        "owner_id | -4455667 | -4455667",
        "subscription_id | 0 | 0",
        "subscription_id | 1.5 | 1.5",
        "subscription_id | '274001' | the string \"274001\"",
        "event_time | -1 | -1",
        "event_time | 1795154400000 | 1795154400000",
        "event_time | '2026-11-20T12:00:00Z' | the string \"2026-11-20T12:00:00Z\"",
        "event_time | 1795154400.5 | 1.7951544005E9",
        "updates | [] | an array",
        "updates | 'title' | the string \"title\"",
        "updates | true | true",
        "updates | 0 | 0",
        "updates | {'title':{'a':1}} | an object",
        "updates | {'title':['a']} | an array",
        "updates | {'title':5} | 5",
        "updates | {'title':null} | null"
      })
  void aWrongFieldIsNamedWithWhatWasFoundAndWhatIsAllowed(String field, String value, String found)
      throws Exception {
    long id = OBJECTS.incrementAndGet();
    String given = value.replace('\'', '"');

    HttpResponse<String> answer = bed.post(with(field, given, event(id, ",\"updates\":{}")));

    String detail = assertProblem(answer, 400);
    assertThat(json(answer).path("field").textValue()).startsWith(field);
    assertThat(detail).startsWith(field).contains(" is " + found + "; ").endsWith(" is expected");
    assertThat(stored(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subscription_id",
        "object_type",
        "object_id",
        "aspect_type",
        "owner_id",
        "event_time"
      })
  void aMissingFieldIsNamed(String field) throws Exception {
    HttpResponse<String> answer =
        bed.post(event(5, "").replaceFirst("\"" + field + "\":[^,}]+,?", "").replace(",}", "}"));

    assertThat(assertProblem(answer, 400)).startsWith(field + " is missing; ");
    assertThat(json(answer).path("field").textValue()).isEqualTo(field);
  }

  @Test
  void ofUpdatesThereAreBounds() throws Exception {
    String many = LongStream.range(0, 33).mapToObj(i -> "\"f" + i + "\":\"x\"").toList().toString();
    String tooMany = ",\"updates\":{" + many.substring(1, many.length() - 1) + "}";
    String tooLong = ",\"updates\":{\"" + "n".repeat(65) + "\":\"x\"}";

    assertThat(assertProblem(bed.post(event(5, tooMany)), 400)).contains("33 fields", "at most 32");
    assertThat(assertProblem(bed.post(event(5, tooLong)), 400))
        .contains("65 characters", "at most 64");
  }

  @Test
  void aTitleOfTenThousandCharactersIsAccepted() throws Exception {
    long id = OBJECTS.incrementAndGet();
    String title = "☃/..\\\\".repeat(2000);

    assertJson(bed.post(event(id, ",\"updates\":{\"title\":\"" + title + "\"}")), 200, RECEIVED);

    assertThat(stored(id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "hello",
        "<event/>",
        "{'object_id':1}",
        "{\"object_id\":01}",
        "{\"object_id\":NaN}",
        "{\"object_id\":1,}",
        "\0",
        "object_id=1&object_type=activity"
      })
  void whatIsNotJsonIsRefused(String body) throws Exception {
    HttpResponse<String> answer = bed.post(body);

    assertThat(assertProblem(answer, 400)).startsWith("the body is not valid JSON");
    assertThat(json(answer).has("field")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | the body is an array",
        "null | the body is null",
        "true | the body is true",
        "5 | the body is 5",
        "\"x\" | the body is the string \"x\""
      })
  void jsonThatIsNoObjectIsRefused(String body, String found) throws Exception {
    assertThat(assertProblem(bed.post(body), 400)).isEqualTo(found + "; a JSON object is expected");
  }

  @Test
  void aSecondValueAfterTheFirstIsRefused() throws Exception {
    assertThat(assertProblem(bed.post(event(5, "") + event(6, "")), 400))
        .isEqualTo("the body holds more than one JSON value; one object is expected");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws Exception {
    byte[] latin = "{\"object_type\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertProblem(send("application/json", BodyPublishers.ofByteArray(latin)), 400);
  }

  @Test
  void anEmptyBodyIsRefused() throws Exception {
    String none = "the body is empty; a JSON object is expected";
    assertThat(assertProblem(bed.post(""), 400)).isEqualTo(none);
    assertThat(assertProblem(send("application/json", BodyPublishers.noBody()), 400))
        .isEqualTo(none);
    assertThat(assertProblem(bed.post("  \n"), 400)).startsWith("the body is ");
    assertThat(
            RawHttp.send(
                bed.service().webhookPort(),
                "POST /webhook HTTP/1.1\nHost: x\nContent-Type: application/json\n"
                    + "Connection: close\n\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains(none);
  }

  @Test
  void aFieldGivenTwiceIsRefused() throws Exception {
    HttpResponse<String> answer = bed.post(event(5, ",\"owner_id\":4455668"));

    assertThat(assertProblem(answer, 400)).isEqualTo("owner_id is given twice; once is expected");
    assertThat(json(answer).path("field").textValue()).isEqualTo("owner_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void aBodyOfTenThousandLevelsIsRefused(String opening) throws Exception {
    String deep = opening.repeat(5_000);

    assertThat(assertProblem(bed.post(deep), 400)).contains("nested deeper than 16 levels");
    assertThat(assertProblem(bed.post(event(5, ",\"x\":" + deep)), 400))
        .contains("nested deeper than 16 levels");
  }

  @Test
  void aNumberOfAThousandDigitsIsRefused() throws Exception {
    String endless = "9".repeat(1000);

    assertThat(assertProblem(bed.post(with("object_id", endless, event(5, ""))), 400))
        .contains("a number of more than 64 digits");
  }

  @Test
  void whatIsShownOfAWrongValueIsShortAndPrintable() throws Exception {
    String detail =
        assertProblem(
            bed.post(
                with("object_type", "\"\\u001b[31m\\n" + "x".repeat(5000) + "\"", event(5, ""))),
            400);

    assertThat(detail).hasSizeLessThan(200).contains("?[31m?xxx").doesNotContain("\n", "\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\"; x=y",
        "Application/JSON",
        "APPLICATION/JSON ; Charset=UTF-8"
      })
  void capitalsAndParametersOfTheContentTypeDoNotMatter(String type) throws Exception {
    long id = OBJECTS.incrementAndGet();

    assertJson(send(type, BodyPublishers.ofString(event(id, ""))), 200, RECEIVED);

    assertThat(stored(id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "Multipart/Form-Data; boundary=X",
        "TEXT/JSON",
        "application/xml",
        "application/json-seq",
        "application/problem+json",
        ";;;",
        "application/"
      })
  void anotherContentTypeIsRefused(String type) throws Exception {
    long id = OBJECTS.incrementAndGet();

    assertProblem(send(type, BodyPublishers.ofString(event(id, ""))), 415);

    assertThat(stored(id)).isEmpty();
  }

  @Test
  void withoutAContentTypeItIsRefused() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bed.url("/webhook")).POST(BodyPublishers.ofString(event(5, "")));

    assertThat(assertProblem(bed.send(request), 415)).contains("application/json");
  }

  @Test
  void aBodyIsAcceptedUpToTheLimitAndRefusedBeyondWithoutATraceInTheLog() throws Exception {
    long id = OBJECTS.incrementAndGet();
    String largest = padded(event(id, ""), LARGEST);
    String larger = padded(event(OBJECTS.incrementAndGet(), ""), LARGEST + 1);
    String huge = padded(event(OBJECTS.incrementAndGet(), ""), 5_000_000);

    try (LogLines log = new LogLines()) {
      assertJson(bed.post(largest), 200, RECEIVED);
      assertJson(send("application/json", chunked(largest)), 200, RECEIVED);
      for (String tooLarge : List.of(larger, huge)) {
        assertTooLarge(BodyPublishers.ofString(tooLarge));
        assertTooLarge(chunked(tooLarge));
      }
      assertThat(log.all()).noneMatch(line -> line.startsWith("ERROR") || line.contains("\n"));
    }

    assertThat(stored(id)).hasSize(1);
    assertThat(stored(id + 1)).isEmpty();
  }

  /** The client may still be sending when the response arrives and the connection is closed. */
  private void assertTooLarge(BodyPublisher body) throws Exception {
    assertThat(assertProblem(send("application/json", body), 413)).contains("32768 bytes");
  }

  @Test
  void bodiesThatNeverComeToTheirEndDoNotKeepOthersWaiting() throws Exception {
    try (Socket half = new Socket("127.0.0.1", bed.service().webhookPort())) {
      half.getOutputStream()
          .write(
              ("POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 200\r\n\r\n{\"object_id\":")
                  .getBytes(StandardCharsets.UTF_8));
      half.getOutputStream().flush();

      assertJson(bed.post(event(OBJECTS.incrementAndGet(), "")), 200, RECEIVED);
    }
  }

  @Test
  void nothingOfTheRequestComesBack() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bed.url("/webhook?hub.challenge=secret-value&x=secret-value"))
            .header("Content-Type", "application/json")
            .header("X-Custom", "secret-value")
            .header("Cookie", "session=secret-value")
            .header("Authorization", "Bearer secret-value")
            .header("X-Strava-Signature", "t=1,v1=secret-value")
            .header("Accept", "text/html")
            .POST(BodyPublishers.ofString(event(OBJECTS.incrementAndGet(), "")));

    assertJson(bed.send(request), 200, RECEIVED);
  }

  @Test
  void manyAtOnceAreAllStored() throws Exception {
    long first = OBJECTS.getAndAdd(101) + 1;

    List<HttpResponse<String>> answers =
        atOnce(100, number -> () -> bed.post(event(first + number, "")));

    assertThat(answers).allSatisfy(answer -> assertJson(answer, 200, RECEIVED));
    assertThat(
            ledger.column(
                "select count(*) from event where object_id between ? and ?",
                Long.toString(first),
                Long.toString(first + 99)))
        .containsExactly("100");
  }

  @Test
  void theSameEventManyTimesAtOnceIsStoredOnce() throws Exception {
    long id = OBJECTS.incrementAndGet();

    List<HttpResponse<String>> answers = atOnce(100, number -> () -> bed.post(event(id, "")));

    assertThat(answers).allSatisfy(answer -> assertJson(answer, 200, RECEIVED));
    assertThat(stored(id)).hasSize(1);
  }

  private static List<HttpResponse<String>> atOnce(
      int times, IntFunction<Callable<HttpResponse<String>>> request) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(times);
    try {
      List<Future<HttpResponse<String>>> sent =
          clients.invokeAll(IntStream.range(0, times).mapToObj(request).toList());
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> one : sent) {
        answers.add(one.get());
      }
      return answers;
    } finally {
      clients.shutdownNow();
    }
  }

  private static String event(long objectId, String more) {
    return WebhookBodies.created(objectId, WebhookBodies.SUBSCRIPTION, more);
  }

  /** The event with another value of a field. */
  private static String with(String field, String value, String event) {
    String pattern = "\"" + field + "\":(\\{}|[^,}]+)";
    String replacement = Matcher.quoteReplacement("\"" + field + "\":" + value);
    return event.replaceFirst(pattern, replacement);
  }

  private static String padded(String event, int bytes) {
    return " ".repeat(bytes - event.getBytes(Charset.defaultCharset()).length) + event;
  }

  private static BodyPublisher chunked(String body) {
    return BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> send(String contentType, BodyPublisher body) throws Exception {
    return bed.send(
        HttpRequest.newBuilder(bed.url("/webhook")).header("Content-Type", contentType).POST(body));
  }

  private List<String> stored(long objectId) throws SQLException {
    return ledger.column("select aspect from event where object_id = ?", Long.toString(objectId));
  }
}
