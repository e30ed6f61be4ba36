package io.fitroute.settings;

/** Shows a user's text in a message: short, on one line, without passwords. */
final class Shown {
  private static final int LONGEST = 80;
  private static final String HIDDEN = "***";

  private Shown() {}

  static String quoted(String text) {
    StringBuilder line = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            character -> {
              if (Character.isISOControl(character)) {
                line.append("\\u%04x".formatted(character));
              } else {
                line.appendCodePoint(character);
              }
            });
    boolean cut = text.codePointCount(0, text.length()) > LONGEST;
    return line.append(cut ? "...\"" : "\"").toString();
  }

  /** Cuts an address where people write passwords: before the user, and before the parameters. */
  static String withoutPasswords(String address) {
    if (address.contains("@")) {
      int authority = address.indexOf("//");
      return address.substring(0, authority < 0 ? 0 : authority + 2) + HIDDEN;
    }
    int parameters = address.indexOf('?');
    return parameters < 0 ? address : address.substring(0, parameters + 1) + HIDDEN;
  }
}
