package io.fitroute.settings;

/**
 * A value as it was written, before it is checked.
 *
 * @param text the value without the spaces around it; empty when it was set to nothing
 * @param origin where it was written, in words for the user, e.g. {@code .env line 3}
 */
record Found(String text, String origin) {
  Found {
    text = text.strip();
  }
}
