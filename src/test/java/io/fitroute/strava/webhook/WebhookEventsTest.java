package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class WebhookEventsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT =
      "{\"aspect_type\":\"update\",\"event_time\":1795154460,\"object_id\":16999000111,"
          + "\"object_type\":\"activity\",\"owner_id\":4455667,\"subscription_id\":274001,"
          + "\"updates\":{\"title\":\"Easy loop\",\"private\":\"true\"}}";

  private final WebhookEvents events = new WebhookEvents();

  @Property
  void whateverNumbersAndTextsAreAllowedAreReadAsTheyAre(
      @ForAll @LongRange(min = 1) long object,
      @ForAll @LongRange(min = 1) long owner,
      @ForAll @LongRange(min = 1) long subscription,
      @ForAll @LongRange(min = 0, max = 253_402_300_799L) long seconds,
      @ForAll @Size(max = 5) Map<@StringLength(max = 64) String, String> more,
      @ForAll String title)
      throws JsonProcessingException {
    Map<String, Object> told = new LinkedHashMap<>();
    Map<String, String> updates = new LinkedHashMap<>(more);
    updates.put("title", title);
    told.put("updates", updates);
    told.put("subscription_id", subscription);
    told.put("object_type", "athlete");
    told.put("object_id", object);
    told.put("owner_id", owner);
    told.put("event_time", seconds);
    told.put("aspect_type", "delete");

    NewEvent event = events.parse(JSON.writeValueAsBytes(told));

    assertThat(event.origin()).isEqualTo(WebhookEvents.ORIGIN);
    assertThat(event.priority()).isEqualTo(Priority.LIVE);
    assertThat(event.subscriptionId()).isEqualTo(subscription);
    assertThat(event.objectType()).isEqualTo("athlete");
    assertThat(event.objectId()).isEqualTo(Long.toString(object));
    assertThat(event.ownerId()).isEqualTo(Long.toString(owner));
    assertThat(event.aspect()).isEqualTo("delete");
    assertThat(event.eventTime()).isEqualTo(Instant.ofEpochSecond(seconds));
    assertThat(event.updates()).containsEntry("title", title).hasSizeLessThanOrEqualTo(4);
    assertThat(updates).containsAllEntriesOf(event.updates());
  }

  @Example
  void ofWhatWasUpdatedOnlyWhatIsUsedIsKeptAndOfALongTitleItsBeginning() {
    String title = "\uD83C\uDFC3".repeat(600);

    NewEvent event =
        events.parse(
            """
            {"aspect_type":"update","event_time":1795154400,"object_id":1,"object_type":"activity",
             "owner_id":2,"subscription_id":3,
             "updates":{"title":"x%s","type":"Run","private":true,"gear_id":"g1"}}
            """
                .formatted(title)
                .getBytes(StandardCharsets.UTF_8));

    assertThat(event.updates())
        .containsOnly(
            Map.entry("title", "x" + "\uD83C\uDFC3".repeat(499)),
            Map.entry("type", "Run"),
            Map.entry("private", "true"));
  }

  @Property
  void whateverIsSentIsReadOrRefusedInWords(@ForAll("damagedEvents") byte[] body) {
    try {
      assertThat(events.parse(body)).isNotNull();
    } catch (RequestRefused e) {
      assertThat(e.getMessage())
          .isNotBlank()
          .hasSizeLessThan(300)
          .doesNotContainPattern("\\p{Cntrl}");
    }
  }

  @Provide
  Arbitrary<byte[]> damagedEvents() {
    byte[] whole = EVENT.getBytes(StandardCharsets.UTF_8);
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    Arbitrary<byte[]> patched =
        Combinators.combine(
                Arbitraries.integers().between(0, whole.length - 1),
                Arbitraries.of(
                    "0", "-", "\"", "{", "}", "[", "]", ",", ":", "e9", "\\", "\0", "null"))
            .as(
                (at, patch) ->
                    (EVENT.substring(0, at) + patch + EVENT.substring(at + 1))
                        .getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> cut =
        Arbitraries.integers()
            .between(0, whole.length - 1)
            .map(length -> Arrays.copyOf(whole, length));
    return Arbitraries.oneOf(noise, patched, cut);
  }

  @Example
  void nothingAtAllIsRefusedLikeAnEmptyBody() {
    assertThatThrownBy(() -> events.parse(null))
        .isInstanceOf(RequestRefused.class)
        .hasMessage("the body is empty; a JSON object is expected");
  }

  @Example
  void aBodyInUtf16IsRefused() {
    assertThatThrownBy(() -> events.parse(EVENT.getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(RequestRefused.class)
        .hasMessage("the body is not JSON in UTF-8");
  }
}
