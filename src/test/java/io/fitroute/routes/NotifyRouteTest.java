package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Outcome;
import io.fitroute.inbox.Priority;
import io.fitroute.runtime.RouteTestSupport;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route {@code notify}, with a mock receiver. */
class NotifyRouteTest extends RouteTestSupport {

  private static final String URL = "https://example.org/hooks/secret";

  NotifyRouteTest() {
    super("notify");
    set("notify.url", URL);
  }

  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    configuration
        .withMockEndpointsAndSkip("http:*")
        .withAutoStartupExcludePatterns("monitor-health");
  }

  private static Event problem() {
    return inHand(
        new NewEvent(
            "fitroute",
            Priority.LIVE,
            0,
            "announcement",
            "the sink home",
            "create",
            "",
            Instant.parse("2026-11-21T10:00:00Z"),
            new TreeMap<>(Map.of("kind", "problem", "text", "fitroute: the disk is full"))));
  }

  private MockEndpoint listener() {
    return getMockEndpoint("mock:http:notify.url");
  }

  private void answer(int status) {
    listener()
        .whenAnyExchangeReceived(
            exchange -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 299})
  void aDocumentIsPostedAndTheEventIsDone(int status) throws Exception {
    answer(status);
    listener().expectedMessageCount(1);
    listener().expectedHeaderReceived(Exchange.HTTP_URI, URL);
    listener().expectedHeaderReceived(Exchange.HTTP_METHOD, "POST");
    listener().expectedHeaderReceived(Exchange.CONTENT_TYPE, "application/json");
    listener()
        .expectedBodiesReceived(
            "{\"kind\":\"problem\",\"subject\":\"the sink home\","
                + "\"text\":\"fitroute: the disk is full\",\"time\":\"2026-11-21T10:00:00Z\"}");

    Exchange end = send("notify", problem(), Map.of());

    listener().assertIsSatisfied();
    assertThat(outcome(end)).contains(new Outcome.Settled(EventState.DONE, "posted to notify.url"));
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 300, 302, 404, 500})
  void anyOtherAnswerIsAFailureThatNamesIt(int status) {
    answer(status);

    Exchange end = send("notify", problem(), Map.of());

    assertThat(end.getException(IOException.class)).hasMessage("notify.url answered " + status);
    assertThat(outcome(end)).isEmpty();
  }

  @Test
  void aListenerThatIsAwayIsAFailure() {
    listener()
        .whenAnyExchangeReceived(
            exchange -> {
              throw new IOException("connection refused");
            });

    Exchange end = send("notify", problem(), Map.of());

    assertThat(end.getException(IOException.class)).hasMessage("connection refused");
    assertThat(outcome(end)).isEmpty();
  }

  /** The setting was removed while events were waiting. */
  @Nested
  class WithoutAListener extends RouteTestSupport {

    WithoutAListener() {
      super("notify");
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
      super.configureContext(configuration);
      configuration
          .withMockEndpointsAndSkip("http:*")
          .withAutoStartupExcludePatterns("monitor-health");
    }

    @Test
    void theEventIsSkippedAndNothingIsSent() throws Exception {
      MockEndpoint nobody = getMockEndpoint("mock:http:notify.url");
      nobody.expectedMessageCount(0);

      Exchange end = send("notify", problem(), Map.of());

      nobody.assertIsSatisfied();
      assertThat(outcome(end))
          .contains(new Outcome.Settled(EventState.SKIPPED, "notify.url is no longer set"));
    }
  }
}
