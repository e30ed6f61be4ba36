package io.fitroute.sink;

/** The name under which a file is sent before it gets its own. */
final class TemporaryName {

  private TemporaryName() {}

  /**
   * The same for each attempt, so that what a failed one left is used up by the next: {@code
   * 2026/11/.fitroute-123.fit} for {@code 2026/11/123.fit}.
   */
  static String beside(String path) {
    int name = path.lastIndexOf('/') + 1;
    return path.substring(0, name) + ".fitroute-" + path.substring(name);
  }
}
