package io.fitroute.strava.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.text.Plain;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The body of an error of Strava: {@code message} and {@code errors[]} with {@code resource},
 * {@code field} and {@code code}. Bodies may be empty, and {@code errors} has been seen as a
 * string.
 */
public final class ApiError {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 64 * 1024;
  private static final int LONGEST = 200;
  private static final Set<String> ABOUT_OTHERS = Set.of("", "application", "accesstoken");

  private final JsonNode body;

  private ApiError(JsonNode body) {
    this.body = body;
  }

  /** Reads a body; a body too large for an error is ignored. */
  public static ApiError of(byte[] body) {
    return of(body.length > LARGEST ? "" : new String(body, StandardCharsets.UTF_8));
  }

  public static ApiError of(String body) {
    try {
      return new ApiError(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return new ApiError(MissingNode.getInstance());
    }
  }

  /** Whether one of the errors has this resource, field and code; empty matches any. */
  public boolean names(String resource, String field, String code) {
    return errors()
        .anyMatch(
            error ->
                matches(error, "resource", resource)
                    && matches(error, "field", field)
                    && matches(error, "code", code));
  }

  /** Whether a rate limit was exceeded, whatever the status; older documentation uses 403. */
  public boolean isRateLimit() {
    return names("", "rate limit", "exceeded");
  }

  /** Whether the error is about the requested resource rather than about the caller. */
  boolean namesResource() {
    return errors()
        .map(error -> error.path("resource").asText().strip().toLowerCase(Locale.ROOT))
        .anyMatch(resource -> !ABOUT_OTHERS.contains(resource));
  }

  private Stream<JsonNode> errors() {
    return StreamSupport.stream(body.path("errors").spliterator(), false);
  }

  private static boolean matches(JsonNode error, String name, String wanted) {
    return wanted.isEmpty() || error.path(name).asText().equalsIgnoreCase(wanted);
  }

  /** A short description such as {@code Record Not Found: Activity id invalid}; never empty. */
  public String describe() {
    String errors =
        errors().map(ApiError::words).filter(ApiError::isSaid).collect(Collectors.joining("; "));
    String all =
        Stream.of(body.path("message").asText(), errors)
            .map(words -> Plain.line(words))
            .filter(ApiError::isSaid)
            .collect(Collectors.joining(": "));
    if (all.isEmpty()) {
      return "(no reason given)";
    }
    return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "...";
  }

  private static String words(JsonNode error) {
    return Stream.of("resource", "field", "code")
        .map(name -> error.path(name).asText().strip())
        .filter(ApiError::isSaid)
        .collect(Collectors.joining(" "));
  }

  private static boolean isSaid(String words) {
    return !words.isEmpty();
  }
}
