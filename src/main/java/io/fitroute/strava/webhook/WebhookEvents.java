package io.fitroute.strava.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Handler;

/**
 * Reads the body of Strava's webhook: identifiers only; numbers of up to 64 bits; {@code updates}
 * absent, null, empty, or a flat object whose values are mostly strings, even booleans ({@code
 * "private":"true"}). Unknown fields are ignored, because Strava adds some now and then.
 */
public final class WebhookEvents {

  /** The {@link NewEvent#origin()} of these events. */
  public static final String ORIGIN = "strava";

  private static final List<String> OBJECT_TYPES = List.of("activity", "athlete");
  private static final List<String> ASPECTS = List.of("create", "update", "delete");

  /** Other fields are not stored. */
  private static final Set<String> USED_UPDATES = Set.of("title", "type", "private", "authorized");

  private static final long LAST_SECOND_OF_9999 = 253_402_300_799L;
  private static final int MOST_UPDATES = 32;
  private static final int LONGEST_FIELD_NAME = 64;

  /** A longer title is cut, so that events stay small everywhere. */
  private static final int LONGEST_VALUE = 1000;

  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 64;

  private final ObjectMapper json =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads an event.
   *
   * @param body as it was sent; null if there was none
   * @throws RequestRefused if it is invalid; names the field, what was found and what is allowed
   */
  @Handler
  public NewEvent parse(byte[] body) {
    JsonNode event = tree(body == null ? new byte[0] : body);
    if (!event.isObject()) {
      throw new RequestRefused(
          400, "the body is " + describe(event) + "; a JSON object is expected");
    }
    return new NewEvent(
        ORIGIN,
        Priority.LIVE,
        number(event, "subscription_id", 1, Long.MAX_VALUE),
        word(event, "object_type", OBJECT_TYPES),
        Long.toString(number(event, "object_id", 1, Long.MAX_VALUE)),
        word(event, "aspect_type", ASPECTS),
        Long.toString(number(event, "owner_id", 1, Long.MAX_VALUE)),
        Instant.ofEpochSecond(number(event, "event_time", 0, LAST_SECOND_OF_9999)),
        updates(event.path("updates")));
  }

  private JsonNode tree(byte[] body) {
    if (body.length == 0) {
      throw new RequestRefused(400, "the body is empty; a JSON object is expected");
    }
    try {
      // Jackson would accept overlong encodings
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return json.readTree(body);
    } catch (StreamConstraintsException e) {
      throw new RequestRefused(
          400,
          "the body is nested deeper than "
              + DEEPEST
              + " levels, or holds a number of more than "
              + LONGEST_NUMBER
              + " digits; an event is a flat object of identifiers");
    } catch (MismatchedInputException e) {
      throw secondOfIts(e);
    } catch (JsonProcessingException e) {
      throw new RequestRefused(
          400,
          "the body is not valid JSON: error at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new RequestRefused(400, "the body is not JSON in UTF-8");
    }
  }

  /** Well-formed JSON that contains a field or a value twice. */
  private static RequestRefused secondOfIts(MismatchedInputException mismatch) {
    String field = name(mismatch);
    return field.isEmpty()
        ? new RequestRefused(400, "the body holds more than one JSON value; one object is expected")
        : new RequestRefused(400, field, field + " is given twice; once is expected");
  }

  private static String name(MismatchedInputException mismatch) {
    try {
      return mismatch.getProcessor() instanceof JsonParser parser && parser.currentName() != null
          ? shortened(parser.currentName())
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static long number(JsonNode event, String field, long least, long most) {
    JsonNode value = event.path(field);
    boolean allowed =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= least
            && value.longValue() <= most;
    if (!allowed) {
      throw wrong(field, value, "a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  private static String word(JsonNode event, String field, List<String> allowed) {
    JsonNode value = event.path(field);
    if (!value.isTextual() || !allowed.contains(value.textValue())) {
      throw wrong(field, value, "one of " + String.join(", ", allowed));
    }
    return value.textValue();
  }

  private static SortedMap<String, String> updates(JsonNode updates) {
    SortedMap<String, String> read = new TreeMap<>();
    if (updates.isMissingNode() || updates.isNull()) {
      return read;
    }
    if (!updates.isObject()) {
      throw wrong("updates", updates, "an object");
    }
    if (updates.size() > MOST_UPDATES) {
      throw new RequestRefused(
          400,
          "updates",
          "updates has " + updates.size() + " fields; at most " + MOST_UPDATES + " are expected");
    }
    for (Map.Entry<String, JsonNode> update : updates.properties()) {
      String field = updatedField(update.getKey());
      String value = updatedValue(field, update.getValue());
      if (USED_UPDATES.contains(field)) {
        read.put(field, value);
      }
    }
    return read;
  }

  private static String updatedField(String name) {
    if (name.length() > LONGEST_FIELD_NAME) {
      throw new RequestRefused(
          400,
          "updates",
          "updates holds a field "
              + shortened(name)
              + " of "
              + name.length()
              + " characters; at most "
              + LONGEST_FIELD_NAME
              + " are expected");
    }
    return name;
  }

  private static String updatedValue(String name, JsonNode value) {
    if (!value.isTextual() && !value.isBoolean()) {
      throw wrong("updates." + shortened(name), value, "a string or a boolean");
    }
    String text = value.asText();
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    boolean inTheMiddle = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1));
    return text.substring(0, inTheMiddle ? LONGEST_VALUE - 1 : LONGEST_VALUE);
  }

  private static RequestRefused wrong(String field, JsonNode found, String expected) {
    return new RequestRefused(
        400, field, field + " is " + describe(found) + "; " + expected + " is expected");
  }

  private static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NULL -> "null";
      case STRING -> "the string \"" + shortened(value.textValue()) + "\"";
      case MISSING -> "missing";
      default -> shortened(value.asText());
    };
  }

  private static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 40 ? printable : printable.substring(0, 40) + "...";
  }
}
