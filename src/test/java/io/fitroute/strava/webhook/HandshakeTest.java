package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The responses to Strava's check of the callback. */
class HandshakeTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();

  private static Exchange answer(String verifyToken, String query) throws Exception {
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.getMessage().setHeader(Exchange.HTTP_RAW_QUERY, query);
    exchange.getMessage().setHeader("Cookie", "of the request");
    new Handshake(Optional.ofNullable(verifyToken), new Problems()).answer(exchange);
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Cookie");
    return exchange;
  }

  private static int status(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  @Test
  void givesTheChallengeBack() throws Exception {
    Exchange exchange =
        answer("w\u00f6rd", "hub.verify_token=w%C3%B6rd&hub.challenge=a%22b&hub.mode=subscribe");

    assertThat(status(exchange)).isEqualTo(200);
    assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("application/json");
    assertThat(exchange.getMessage().getBody()).isEqualTo("{\"hub.challenge\":\"a\\\"b\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "hub.mode=subscribe&hub.challenge=c, 403",
    "hub.mode=subscribe&hub.challenge=c&hub.verify_token=, 403",
    "hub.mode=subscribe&hub.challenge=c&hub.verify_token=other, 403",
    "hub.mode=subscribe&hub.challenge=c&hub.verify_token=word&hub.verify_token=word, 403",
    "hub.mode=unsubscribe&hub.challenge=c&hub.verify_token=word, 403",
    "hub.challenge=c&hub.verify_token=word, 403",
    "hub.mode=subscribe&hub.verify_token=word, 400",
    "hub.mode=subscribe&hub.verify_token=word&hub.challenge=, 400",
    "hub.mode=subscribe&hub.verify_token=word&hub.challenge=a&hub.challenge=b, 400"
  })
  void refusesWhatItDoesNotExpect(String query, int status) throws Exception {
    Exchange exchange = answer("word", query);

    assertThat(status(exchange)).isEqualTo(status);
    assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("application/problem+json");
    assertThat(exchange.getMessage().getBody(String.class))
        .startsWith("{\"type\":\"about:blank\"")
        .contains("\"status\":" + status)
        .doesNotContain("word");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  void expectsNothingWithoutAToken(String verifyToken) throws Exception {
    assertThat(status(answer(verifyToken, "hub.mode=subscribe&hub.challenge=c&hub.verify_token=")))
        .isEqualTo(403);
  }
}
