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

/**
 * How events lie in the ledger until they are sorted into the queue: a JSON array, in which each
 * event is an array of its values.
 */
final class ArrivalText {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int USUAL_LENGTH = 128;

  private ArrivalText() {}

  /** The text of some events, in their order. */
  static String of(List<Arrival> arrivals) {
    StringWriter text = new StringWriter(USUAL_LENGTH * arrivals.size());
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartArray();
      for (Arrival arrival : arrivals) {
        write(arrival, json);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Arrival arrival, JsonGenerator json) throws IOException {
    NewEvent event = arrival.event();
    json.writeStartArray();
    json.writeString(event.origin());
    json.writeNumber(event.lane().ordinal());
    json.writeNumber(event.subscriptionId());
    json.writeString(event.objectType());
    json.writeString(event.objectId());
    json.writeString(event.aspect());
    json.writeString(event.ownerId());
    json.writeNumber(event.eventTime().toEpochMilli());
    json.writeNumber(arrival.receivedAt().toEpochMilli());
    json.writeStartObject();
    for (Map.Entry<String, String> update : event.updates().entrySet()) {
      json.writeStringField(update.getKey(), update.getValue());
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  /**
   * What was written, in the same order.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static List<Arrival> read(String text) {
    try {
      List<Arrival> arrivals = new ArrayList<>();
      for (JsonNode values : JSON.readTree(text)) {
        arrivals.add(arrival(values));
      }
      return arrivals;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Arrival arrival(JsonNode values) {
    TreeMap<String, String> updates = new TreeMap<>();
    for (Map.Entry<String, JsonNode> update : values.required(9).properties()) {
      updates.put(update.getKey(), update.getValue().textValue());
    }
    return new Arrival(
        new NewEvent(
            values.required(0).textValue(),
            Lane.values()[values.required(1).intValue()],
            values.required(2).longValue(),
            values.required(3).textValue(),
            values.required(4).textValue(),
            values.required(5).textValue(),
            values.required(6).textValue(),
            Instant.ofEpochMilli(values.required(7).longValue()),
            updates),
        Instant.ofEpochMilli(values.required(8).longValue()));
  }
}
