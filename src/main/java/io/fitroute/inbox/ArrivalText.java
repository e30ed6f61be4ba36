package io.fitroute.inbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How events lie in the ledger until they are sorted into the queue: a JSON array of objects. */
final class ArrivalText {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int USUAL_LENGTH = 256;

  private ArrivalText() {}

  /** An event, and when it was received. */
  record Arrival(NewEvent event, Instant receivedAt) {}

  /** The text of one event. */
  static String of(NewEvent event, Instant receivedAt) {
    StringWriter text = new StringWriter(USUAL_LENGTH);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("origin", event.origin());
      json.writeNumberField("lane", event.lane().ordinal());
      json.writeNumberField("subscription", event.subscriptionId());
      json.writeStringField("type", event.objectType());
      json.writeStringField("id", event.objectId());
      json.writeStringField("aspect", event.aspect());
      json.writeStringField("owner", event.ownerId());
      json.writeNumberField("time", event.eventTime().toEpochMilli());
      json.writeObjectFieldStart("updates");
      for (Map.Entry<String, String> update : event.updates().entrySet()) {
        json.writeStringField(update.getKey(), update.getValue());
      }
      json.writeEndObject();
      json.writeNumberField("received", receivedAt.toEpochMilli());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The text of several. */
  static String join(List<String> events) {
    return "[" + String.join(",\n", events) + "]";
  }

  /** What was joined, in the same order. */
  static List<Arrival> read(String text) {
    try {
      List<Arrival> arrivals = new ArrayList<>();
      for (JsonNode event : JSON.readTree(text)) {
        arrivals.add(arrival(event));
      }
      return arrivals;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Arrival arrival(JsonNode event) {
    TreeMap<String, String> updates = new TreeMap<>();
    for (Map.Entry<String, JsonNode> update : event.required("updates").properties()) {
      updates.put(update.getKey(), update.getValue().textValue());
    }
    return new Arrival(
        new NewEvent(
            event.required("origin").textValue(),
            Lane.values()[event.required("lane").intValue()],
            event.required("subscription").longValue(),
            event.required("type").textValue(),
            event.required("id").textValue(),
            event.required("aspect").textValue(),
            event.required("owner").textValue(),
            Instant.ofEpochMilli(event.required("time").longValue()),
            updates),
        Instant.ofEpochMilli(event.required("received").longValue()));
  }
}
