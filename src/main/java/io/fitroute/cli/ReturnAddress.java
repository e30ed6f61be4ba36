package io.fitroute.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the browser ended at, as a user hands it over.
 *
 * @param error what went wrong at Strava; empty for nothing
 * @param code the authorization code; empty if there is none
 * @param scope what was granted; empty if that is not known
 */
record ReturnAddress(String error, String code, String scope) {

  /** Reads a code alone, the whole address, or what stands after its {@code ?}. */
  static ReturnAddress of(String text) {
    String given = text.strip();
    if (!given.contains("=")) {
      return new ReturnAddress("", given, "");
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : given.substring(given.indexOf('?') + 1).replaceFirst("#.*", "").split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return new ReturnAddress(
        parameters.getOrDefault("error", ""),
        parameters.getOrDefault("code", ""),
        parameters.getOrDefault("scope", ""));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }
}
