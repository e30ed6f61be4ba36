package io.fitroute.strava.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a query string. Camel merges them with the headers and the form of a request,
 * where a caller could give a second value.
 */
final class Query {

  private final Map<String, List<String>> parameters = new HashMap<>();

  /**
   * @param text the encoded text after the question mark; may be empty
   * @throws IllegalArgumentException if the encoding is invalid
   */
  Query(String text) {
    for (String parameter : text.split("&")) {
      int equals = parameter.indexOf('=');
      String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      parameters.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The value of a parameter; empty if it is missing, empty or given twice. */
  Optional<String> only(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.size() == 1 && !values.get(0).isEmpty()
        ? Optional.of(values.get(0))
        : Optional.empty();
  }
}
