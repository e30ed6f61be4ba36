package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.LedgerUnavailable;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact response to a refused request. */
class ProblemDetailsTest {

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            new RequestRefused(400, "object_id", "object_id is missing"),
            "\"Bad Request\",\"status\":400,\"detail\":\"object_id is missing\","
                + "\"field\":\"object_id\"}"),
        Arguments.of(
            new RequestRefused(400, "the body is empty"),
            "\"Bad Request\",\"status\":400,\"detail\":\"the body is empty\"}"),
        Arguments.of(
            new LedgerUnavailable("disk full at a path"),
            "\"Service Unavailable\",\"status\":503,"
                + "\"detail\":\"the event could not be stored; please send it again\"}"),
        Arguments.of(
            new IllegalStateException("at line 7 of a secret"),
            "\"Internal Server Error\",\"status\":500,\"detail\":\"an internal error occurred\"}"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void isThisAndNothingElse(Exception failure, String rest) throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);

    new Problems().answer(exchange);

    assertThat(exchange.getMessage().getBody(String.class))
        .isEqualTo("{\"type\":\"about:blank\",\"title\":" + rest);
  }
}
