package io.fitroute.inbox.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The changes of an update as JSON; equal changes give equal text. */
public final class Updates {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> FORM = new TypeReference<>() {};

  private Updates() {}

  public static String toText(SortedMap<String, String> updates) {
    if (updates.isEmpty()) {
      return "{}";
    }
    try {
      return JSON.writeValueAsString(updates);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The changes in such a text; empty if it is not in this form. */
  static Optional<SortedMap<String, String>> fromText(String text) {
    if (text.equals("{}")) {
      return Optional.of(new TreeMap<>());
    }
    try {
      return Optional.ofNullable(JSON.readValue(text, FORM));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
