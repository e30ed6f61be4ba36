package io.fitroute.hevy;

/** A service does not accept the API key; another key may be set later. */
public final class KeyRefused extends RuntimeException {

  KeyRefused(String service, String setting) {
    super(service + " does not accept the API key: check " + setting);
  }
}
