package io.fitroute.strava;

import java.util.Locale;

/** An event without the good signature that is asked for. */
public final class UnsignedEvent extends RuntimeException {

  UnsignedEvent(Signatures.Verdict verdict) {
    super("the signature in X-Strava-Signature is " + verdict.name().toLowerCase(Locale.ROOT));
  }
}
