package io.fitroute.strava;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The body of one of Strava's errors: {@code message} and {@code errors[]} of {@code resource},
 * {@code field}, {@code code}. Bodies may be empty and {@code errors} has been seen as a string.
 */
final class Fault {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 200;

  private final JsonNode body;

  private Fault(JsonNode body) {
    this.body = body;
  }

  static Fault of(byte[] body) {
    return of(new String(body, StandardCharsets.UTF_8));
  }

  static Fault of(String body) {
    try {
      return new Fault(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return new Fault(MissingNode.getInstance());
    }
  }

  /** Whether one of the errors has this resource, field and code; empty means any. */
  boolean names(String resource, String field, String code) {
    return StreamSupport.stream(body.path("errors").spliterator(), false)
        .anyMatch(
            error ->
                matches(error, "resource", resource)
                    && matches(error, "field", field)
                    && matches(error, "code", code));
  }

  private static boolean matches(JsonNode error, String name, String wanted) {
    return wanted.isEmpty() || error.path(name).asText().equalsIgnoreCase(wanted);
  }

  /** In a few words: {@code Record Not Found: Activity id invalid}. */
  String describe() {
    String errors =
        StreamSupport.stream(body.path("errors").spliterator(), false)
            .map(
                error ->
                    error.path("resource").asText()
                        + " "
                        + error.path("field").asText()
                        + " "
                        + error.path("code").asText())
            .collect(Collectors.joining("; "));
    String message = body.path("message").asText();
    String all = errors.isBlank() ? message : message + ": " + errors;
    String printable = all.replaceAll("\\p{Cntrl}", " ").strip();
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
  }
}
