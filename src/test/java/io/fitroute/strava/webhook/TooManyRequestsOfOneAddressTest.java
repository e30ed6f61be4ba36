package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TooManyRequestsOfOneAddressTest {
  private static final String STRANGER = "203.0.113.7";
  private static final String PROXY = "127.0.0.1";

  private final AddressLimit limit = new AddressLimit(2);

  private boolean isAdmitted(AddressLimit limit, String peer, String forwardedFor) {
    Throwable refusal =
        catchThrowable(() -> limit.admit(SocketAddress.inetSocketAddress(443, peer), forwardedFor));
    assertThat(refusal)
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            some -> assertThat(some).isInstanceOf(RequestRefused.class));
    return refusal == null;
  }

  private boolean isAdmitted(String peer, String forwardedFor) {
    return isAdmitted(limit, peer, forwardedFor);
  }

  @Test
  void admitsSoManyAMinuteAndNoMore() {
    assertThat(isAdmitted(STRANGER, null)).isTrue();
    assertThat(isAdmitted(STRANGER, null)).isTrue();
    assertThat(isAdmitted(STRANGER, null)).isFalse();
    assertThat(isAdmitted("203.0.113.8", null)).isTrue();
  }

  @Test
  void aStrangerCannotPassForAnother() {
    isAdmitted(STRANGER, null);
    isAdmitted(STRANGER, "198.51.100.1");
    assertThat(isAdmitted(STRANGER, "198.51.100.2")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aProxyOnThisMachineSaysForWhomItAsks(String proxy) {
    assertThat(isAdmitted(proxy, "made up, " + STRANGER)).isTrue();
    assertThat(isAdmitted(proxy, "made up as well," + STRANGER + " ")).isTrue();
    assertThat(isAdmitted(proxy, STRANGER)).isFalse();
    assertThat(isAdmitted(proxy, STRANGER + ", 203.0.113.8")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      value = {"nothing", "''", "' , '"},
      nullValues = "nothing")
  void aProxyThatDoesNotSayIsNotLimited(String forwardedFor) {
    for (int i = 0; i < 4; i++) {
      assertThat(isAdmitted(PROXY, forwardedFor)).isTrue();
    }
  }

  @Test
  void anAddressHasUpTo64Characters() {
    for (int i = 0; i < 4; i++) {
      assertThat(isAdmitted(PROXY, "x".repeat(64))).isEqualTo(i < 2);
      assertThat(isAdmitted(PROXY, "y".repeat(65))).isTrue();
    }
  }

  @Test
  void anAddressOfIpv6StandsForItsNetwork() {
    assertThat(isAdmitted("2001:db8:1:2::1", null)).isTrue();
    assertThat(isAdmitted(PROXY, "2001:db8:1:2:a:b:c:d")).isTrue();
    assertThat(isAdmitted("2001:db8:1:2::3", null)).isFalse();
    assertThat(isAdmitted("2001:db8:1:3::1", null)).isTrue();
    assertThat(isAdmitted(PROXY, "::zz:")).isTrue();
  }

  @Test
  void zeroIsNoLimit() {
    AddressLimit none = new AddressLimit(0);
    assertThat(isAdmitted(none, STRANGER, null)).isTrue();
    assertThat(isAdmitted(none, STRANGER, null)).isTrue();
  }

  @Test
  void aRequestWithoutAnAddressIsAdmitted() {
    for (int i = 0; i < 3; i++) {
      assertThat(catchThrowable(() -> limit.admit(null, STRANGER))).isNull();
    }
  }
}
