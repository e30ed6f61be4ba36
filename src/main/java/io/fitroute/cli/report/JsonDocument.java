package io.fitroute.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.fitroute.text.Plain;

/** Writes records as JSON on one line, with components in snake case. */
public final class JsonDocument {
  private JsonDocument() {}

  public static String of(Object document) {
    try {
      return Plain.json(
          new ObjectMapper()
              .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .writeValueAsString(document));
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("cannot be written as JSON: " + document, impossible);
    }
  }
}
