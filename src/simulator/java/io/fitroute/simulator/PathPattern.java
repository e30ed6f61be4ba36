package io.fitroute.simulator;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Path patterns: {@code *} matches anything within one segment, {@code **} anything. {@code
 * /api/v3/activities/*} is every activity's details, {@code /api/**} the whole API.
 */
final class PathPattern {

  private final String text;
  private final Pattern expression;

  PathPattern(String text) {
    this.text = text;
    String quoted =
        Stream.of(text.split("(?<=\\*\\*)|(?=\\*\\*)"))
            .map(PathPattern::part)
            .collect(Collectors.joining());
    this.expression = Pattern.compile(quoted);
  }

  boolean matches(String path) {
    return expression.matcher(path).matches();
  }

  private static String part(String part) {
    if (part.equals("**")) {
      return ".*";
    }
    return Stream.of(part.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining("[^/]*"));
  }

  @Override
  public String toString() {
    return text;
  }
}
