package io.fitroute.hevy;

/** A service does not accept the API key; there may be another one some day. */
public final class KeyRefused extends RuntimeException {

  KeyRefused(String service, String setting) {
    super(service + " does not accept the API key: check " + setting);
  }
}
