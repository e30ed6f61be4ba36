package io.fitroute.simulator;

import java.util.Locale;

/** Who may see an activity. */
public enum Visibility {
  EVERYONE,
  FOLLOWERS_ONLY,
  ONLY_ME;

  /** The name that the API uses, such as {@code only_me}. */
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
