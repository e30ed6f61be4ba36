package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.inbox.NewEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The size limits of an event, and the messages for larger ones. */
class WebhookLimitsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WebhookEvents events = new WebhookEvents();

  private static ObjectNode event() {
    return JSON.createObjectNode()
        .put("aspect_type", "update")
        .put("event_time", 1_795_154_460)
        .put("object_id", 16_999_000_111L)
        .put("object_type", "activity")
        .put("owner_id", 4_455_667)
        .put("subscription_id", 274_001);
  }

  private NewEvent parse(String body) {
    return events.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  private RequestRefused refusal(String body) {
    return catchThrowableOfType(RequestRefused.class, () -> parse(body));
  }

  private static String with(String field, String value) throws Exception {
    ObjectNode event = event();
    event.set(field, JSON.readTree(value));
    return event.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          object_id       | 0                   | 0; a whole number from 1 to 9223372036854775807
          object_id       | -5                  | -5; a whole number from 1 to 9223372036854775807
          object_id       | 1.5                 | 1.5; a whole number from 1 to 9223372036854775807
          object_id       | "7"                 | the string "7"; a whole number from 1 to 9223372036854775807
          object_id       | null                | null; a whole number from 1 to 9223372036854775807
          owner_id        | 9223372036854775808 | 9223372036854775808; a whole number from 1 to 9223372036854775807
          subscription_id | 0                   | 0; a whole number from 1 to 9223372036854775807
          event_time      | -1                  | -1; a whole number from 0 to 253402300799
          event_time      | 253402300800        | 253402300800; a whole number from 0 to 253402300799
          object_type     | "gear"              | the string "gear"; one of activity, athlete
          aspect_type     | 7                   | 7; one of create, update, delete
          aspect_type     | {}                  | an object; one of create, update, delete
          updates         | []                  | an array; an object
          """)
  void aWrongFieldIsNamedWithWhatWasFoundAndWhatIsAllowed(String field, String value, String what)
      throws Exception {
    RequestRefused refusal = refusal(with(field, value));

    assertThat(refusal).hasMessage(field + " is " + what + " is expected");
    assertThat(refusal.field()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"object_id", "owner_id", "subscription_id", "event_time"})
  void aMissingNumberIsNamed(String field) {
    ObjectNode event = event();
    event.remove(field);

    assertThat(refusal(event.toString())).hasMessageStartingWith(field + " is missing; a whole");
  }

  @Test
  void theGreatestAndTheLeastNumbersAreRead() throws Exception {
    assertThat(parse(with("object_id", "9223372036854775807")).objectId())
        .isEqualTo("9223372036854775807");
    assertThat(parse(with("owner_id", "1")).ownerId()).isEqualTo("1");
    assertThat(parse(with("event_time", "0")).eventTime()).isEqualTo(Instant.EPOCH);
    assertThat(parse(with("event_time", "253402300799")).eventTime())
        .isEqualTo("9999-12-31T23:59:59Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}"})
  void updatesMayBeEmpty(String updates) throws Exception {
    assertThat(parse(event().toString()).updates()).isEmpty();
    assertThat(parse(with("updates", updates)).updates()).isEmpty();
  }

  @Test
  void thirtyTwoUpdatesAreReadAndNoMore() {
    ObjectNode event = event();
    ObjectNode updates = event.putObject("updates").put("title", "Canal");
    for (int i = 1; i < 32; i++) {
      updates.put("field " + i, "x");
    }
    assertThat(parse(event.toString()).updates()).containsOnlyKeys("title");

    updates.put("one more", "x");
    RequestRefused refusal = refusal(event.toString());
    assertThat(refusal).hasMessage("updates has 33 fields; at most 32 are expected");
    assertThat(refusal.field()).isEqualTo("updates");
  }

  @Test
  void namesOfUpdatedFieldsHaveAtMost64Characters() {
    ObjectNode event = event();
    event.putObject("updates").put("n".repeat(64), "x");
    assertThat(parse(event.toString()).updates()).isEmpty();

    event.putObject("updates").put("n".repeat(65), "x");
    RequestRefused refusal = refusal(event.toString());
    assertThat(refusal)
        .hasMessage(
            "updates holds a field "
                + "n".repeat(40)
                + "... of 65 characters; at most 64 are expected");
    assertThat(refusal.field()).isEqualTo("updates");
  }

  @ParameterizedTest
  @CsvSource({"999, 999", "1000, 1000", "1001, 1000", "32000, 1000"})
  void ofALongTitleTheFirst1000CharactersAreKept(int length, int kept) {
    ObjectNode event = event();
    event.putObject("updates").put("title", "t".repeat(length));

    assertThat(parse(event.toString()).updates()).containsEntry("title", "t".repeat(kept));
  }

  @Test
  void aCharacterThatReachesBeyondThe1000thIsLeftOutAsAWhole() {
    ObjectNode event = event();
    event.putObject("updates").put("title", "t".repeat(999) + "\uD83C\uDFC3" + "t");

    assertThat(parse(event.toString()).updates()).containsEntry("title", "t".repeat(999));
  }

  @Test
  void anUpdatedValueIsAStringOrABoolean() throws Exception {
    RequestRefused refusal = refusal(with("updates", "{\"title\":7}"));

    assertThat(refusal).hasMessage("updates.title is 7; a string or a boolean is expected");
    assertThat(refusal.field()).isEqualTo("updates.title");
    assertThat(parse(with("updates", "{\"private\":false}")).updates())
        .containsEntry("private", "false");
  }

  @ParameterizedTest
  @CsvSource({"40, ''", "41, ..."})
  void whatIsQuotedHasAtMost40Characters(int length, String rest) throws Exception {
    RequestRefused refusal = refusal(with("object_type", "\"" + "w".repeat(length) + "\""));

    assertThat(refusal)
        .hasMessage(
            "object_type is the string \""
                + "w".repeat(40)
                + rest
                + "\"; one of activity, athlete is expected");
  }

  @Test
  void whatIsQuotedHoldsNoControlCharacters() throws Exception {
    assertThat(refusal(with("object_type", "\"a\\u001b[2Jb\"")))
        .hasMessageContaining("the string \"a?[2Jb\";");
  }

  @Test
  void anEventIsNestedAtMost16Levels() throws Exception {
    String deepest = "[".repeat(15) + "]".repeat(15);
    assertThat(parse(with("more", deepest)).objectType()).isEqualTo("activity");

    assertThat(refusal(with("more", "[" + deepest + "]")))
        .hasMessageStartingWith("the body is nested deeper than 16 levels, or holds a number");
  }

  @Test
  void aNumberHasAtMost64Digits() throws Exception {
    String digits = "9".repeat(64);
    assertThat(refusal(with("object_id", digits)))
        .hasMessageStartingWith("object_id is " + "9".repeat(40) + "...; a whole number");

    assertThat(refusal(event().toString().replace("16999000111", digits + "9")))
        .hasMessageContaining("or holds a number of more than 64 digits");
  }

  @Test
  void whatIsGivenTwiceIsNamed() {
    String twice = event().toString().replace("{", "{\"object_id\":5,");

    RequestRefused refusal = refusal(twice);

    assertThat(refusal).hasMessage("object_id is given twice; once is expected");
    assertThat(refusal.field()).isEqualTo("object_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `[1,2]`      | the body is an array; a JSON object is expected
          `"text"`     | the body is the string "text"; a JSON object is expected
          `7`          | the body is 7; a JSON object is expected
          `true`       | the body is true; a JSON object is expected
          `null`       | the body is null; a JSON object is expected
          `{}{}`       | the body holds more than one JSON value; one object is expected
          ``           | the body is empty; a JSON object is expected
          ` `          | the body is missing; a JSON object is expected
          `{"a" 1}`    | the body is not valid JSON: error at line 1, column 6
          """)
  void aBodyThatIsNoObjectIsDescribed(String body, String sentence) {
    RequestRefused refusal = refusal(body == null ? "" : body);

    assertThat(refusal).hasMessage(sentence);
    assertThat(refusal.field()).isEmpty();
  }

  @Test
  void charactersThatThereAreNotAreRefused() {
    byte[] body = "{\u0001".getBytes(Charset.forName("UTF-32BE"));
    body[4] = 0x7F;

    assertThat(catchThrowableOfType(RequestRefused.class, () -> events.parse(body)))
        .hasMessage("the body is not JSON in UTF-8");
  }
}
