package io.fitroute.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The address at which the browser ended, as entered by the user.
 *
 * @param error the error from Strava; empty if none
 * @param code the authorization code; empty if none
 * @param scope the granted scope; empty if unknown
 */
record ReturnAddress(String error, String code, String scope) {

  /** Parses a bare code, a complete address, or its query. */
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
