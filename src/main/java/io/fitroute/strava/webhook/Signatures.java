package io.fitroute.strava.webhook;

import io.fitroute.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the header {@code X-Strava-Signature: t=SECONDS,v1=HEX} of events: HMAC-SHA256 over {@code
 * t.body}.
 *
 * <p>Strava's example code shows it, but its documentation does not. Where the key comes from is
 * unknown, and integrations that required a signature have lost events. Therefore it is only
 * observed by default.
 */
public final class Signatures {

  private static final Logger LOG = LoggerFactory.getLogger(Signatures.class);
  private static final Pattern FORM =
      Pattern.compile("\\s*t=(\\d{1,12})\\s*,\\s*v1=([0-9a-fA-F]{64})\\s*");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** How signatures are treated. */
  public enum Mode {
    OFF,
    OBSERVE,
    REQUIRE
  }

  /** The result of a check. */
  public enum Verdict {
    GOOD,
    MISSING,
    MALFORMED,
    STALE,
    WRONG,
    /** There is a signature but no key to check it. */
    UNCHECKED
  }

  private final Mode mode;
  private final Optional<byte[]> key;
  private final Clock clock;
  private final Set<Verdict> seen = ConcurrentHashMap.newKeySet();

  public Signatures(Mode mode, Optional<String> secret, Clock clock) {
    this.mode = mode;
    this.key = secret.map(text -> text.getBytes(StandardCharsets.UTF_8));
    this.clock = clock;
  }

  /** Takes the mode and the secret from the settings. */
  public static Signatures of(Settings settings, Clock clock) {
    return new Signatures(
        Mode.valueOf(settings.choice("webhook.signature").toUpperCase(Locale.ROOT)),
        settings.secret("webhook.signing-secret"),
        clock);
  }

  /**
   * Accepts an event whose signature is good or not required.
   *
   * @throws RequestRefused otherwise
   */
  public void check(@Header("X-Strava-Signature") Object signature, @Body byte[] body) {
    if (mode == Mode.OFF) {
      return;
    }
    Verdict verdict = verdict(signature, body);
    if (mode == Mode.REQUIRE && verdict != Verdict.GOOD) {
      throw new RequestRefused(
          403, "the signature in X-Strava-Signature is " + verdict.name().toLowerCase(Locale.ROOT));
    }
    if (seen.add(verdict)) {
      LOG.info("Signatures of events, observed for the first time: {}", verdict);
    }
  }

  Verdict verdict(Object signature, byte[] body) {
    if (signature == null) {
      return Verdict.MISSING;
    }
    Matcher parts = FORM.matcher(signature.toString());
    if (!parts.matches()) {
      return Verdict.MALFORMED;
    }
    if (key.isEmpty()) {
      return Verdict.UNCHECKED;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
    if (Duration.between(signed, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      return Verdict.STALE;
    }
    byte[] expected = hmac(key.get(), parts.group(1), body);
    byte[] given = HexFormat.of().parseHex(parts.group(2));
    return MessageDigest.isEqual(expected, given) ? Verdict.GOOD : Verdict.WRONG;
  }

  private static byte[] hmac(byte[] key, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
