package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.strava.webhook.Signatures.Mode;
import io.fitroute.strava.webhook.Signatures.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  private static final byte[] BODY = "{\"object_id\":1}".getBytes(StandardCharsets.UTF_8);
  private static final long NOW = 1_795_154_400L;

  /**
   * Computed with another tool: openssl dgst -sha256 -hmac key over "1795154400.{"object_id":1}".
   */
  private static final String GOOD =
      "e2b60293f1963644a2b013a9b24fdf313523db9beac7db6d6c7bf6e13aac3ce1";

  private static Signatures signatures(Mode mode, Optional<String> secret) {
    return new Signatures(mode, secret, Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
  }

  @Test
  void aGoodSignatureIsLetPass() {
    Signatures signatures = signatures(Mode.REQUIRE, Optional.of("key"));

    assertThatCode(() -> signatures.check("t=" + NOW + ",v1=" + GOOD, BODY))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsNotGoodIsRefusedOnlyWhereItIsRequired() {
    String wrong = "t=" + NOW + ",v1=" + "0".repeat(64);

    assertThatThrownBy(() -> signatures(Mode.REQUIRE, Optional.of("key")).check(wrong, BODY))
        .isInstanceOf(RequestRefused.class)
        .hasMessageContaining("wrong");
    Signatures observing = signatures(Mode.OBSERVE, Optional.of("key"));
    assertThatCode(() -> observing.check(wrong, BODY)).doesNotThrowAnyException();
    assertThat(observing.verdict(wrong, BODY)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void anOldSignatureMayBeARecording() {
    Signatures signatures = signatures(Mode.OBSERVE, Optional.of("key"));

    assertThat(signatures.verdict("t=" + (NOW - 301) + ",v1=" + GOOD, BODY))
        .isEqualTo(Verdict.STALE);
  }

  @Test
  void withoutAKeyNothingCanBeSaid() {
    assertThat(signatures(Mode.OBSERVE, Optional.empty()).verdict("t=1,v1=" + GOOD, BODY))
        .isEqualTo(Verdict.UNCHECKED);
    assertThatThrownBy(
            () -> signatures(Mode.REQUIRE, Optional.empty()).check("t=1,v1=" + GOOD, BODY))
        .isInstanceOf(RequestRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1=aa", "t=,v1=", "t=99999999999999999999,v1=00", "t=1,v1=zz"})
  void oddHeadersAreMalformed(String header) {
    assertThat(signatures(Mode.OBSERVE, Optional.of("key")).verdict(header, BODY))
        .isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void noHeaderIsMissing() {
    assertThat(signatures(Mode.OBSERVE, Optional.of("key")).verdict(null, BODY))
        .isEqualTo(Verdict.MISSING);
  }
}
