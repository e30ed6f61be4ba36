package io.fitroute.settings;

/**
 * A value as written, before it is checked.
 *
 * @param text the value without surrounding spaces; empty if set to nothing
 * @param origin where it was written, as text, e.g. {@code .env line 3}
 */
record Found(String text, String origin) {
  Found {
    text = text.strip();
  }
}
