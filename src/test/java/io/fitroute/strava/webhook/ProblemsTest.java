package io.fitroute.strava.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The responses to events that are not accepted. */
class ProblemsTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new RequestRefused(400, "object_id", "it is missing"), 400, "it is missing"),
        Arguments.of(new RequestRefused(400, "", "the body is empty"), 400, "the body is empty"),
        Arguments.of(ForeignSubscription.of(7), 403, ForeignSubscription.of(7).getMessage()),
        Arguments.of(new RequestRefused(403, "wrong"), 403, "wrong"),
        Arguments.of(new RequestRefused(429, "too many"), 429, "too many"),
        Arguments.of(
            new IllegalStateException("at line 7 of a secret"), 500, "an internal error occurred"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatIsWrongAndNoMore(Exception failure, int status, String detail) throws Exception {
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.getMessage().setHeader("Cookie", "of the request");
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);

    new Problems().answer(exchange);

    assertThat(exchange.getMessage().getHeaders())
        .doesNotContainKey("Cookie")
        .containsEntry(Exchange.HTTP_RESPONSE_CODE, status)
        .containsEntry(Exchange.CONTENT_TYPE, "application/problem+json");
    assertThat(exchange.getMessage().getHeader("Retry-After"))
        .isEqualTo(status == 429 ? "60" : null);
    JsonNode problem = new ObjectMapper().readTree(exchange.getMessage().getBody(String.class));
    assertThat(problem.path("type").asText()).isEqualTo("about:blank");
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).isEqualTo(detail);
    assertThat(problem.has("field"))
        .isEqualTo(failure instanceof RequestRefused refused && !refused.field().isEmpty());
  }
}
