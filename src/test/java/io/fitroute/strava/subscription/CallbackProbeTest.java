package io.fitroute.strava.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fitroute.strava.api.ApiApplication;
import io.fitroute.system.SystemServices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages about a public address that does not respond as Strava expects. */
class CallbackProbeTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();
  private static final URI ADDRESS = URI.create("https://runs.example.org/webhook");

  private final Exchange exchange = new DefaultExchange(CAMEL);
  private final CallbackProbe probe =
      new CallbackProbe(
          new Callback(
              new ApiApplication(Optional.empty(), Optional.empty()),
              Optional.of(ADDRESS),
              Optional.of("a word & more")),
          SystemServices.ofJdk());

  private String prepared() {
    probe.prepare(exchange);
    return exchange.getVariable("challenge", String.class);
  }

  private void answer(int status, String type, String body) {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setHeader("Content-Type", type);
    exchange
        .getMessage()
        .setBody(
            body == null ? null : new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private String trouble() {
    return catchThrowableOfType(SubscriptionRefused.class, () -> probe.judge(exchange))
        .getMessage();
  }

  @Test
  void asksAsStravaAsks() {
    exchange.getMessage().setHeader("Cookie", "left over");
    exchange.getMessage().setBody("left over");
    String challenge = prepared();

    assertThat(challenge).matches("[0-9a-f]{16}").isNotEqualTo(prepared());
    assertThat(exchange.getMessage().getHeaders())
        .containsOnlyKeys(Exchange.HTTP_METHOD, Exchange.HTTP_QUERY)
        .containsEntry(Exchange.HTTP_METHOD, "GET")
        .containsEntry(
            Exchange.HTTP_QUERY,
            "hub.mode=subscribe&hub.challenge="
                + exchange.getVariable("challenge")
                + "&hub.verify_token=a+word+%26+more");
    assertThat(exchange.getMessage().getBody()).isNull();
    assertThat(exchange.getVariable("callback")).isEqualTo(ADDRESS.toString());
  }

  @Test
  void isContentWithTheChallenge() {
    answer(200, "application/json", "{\"hub.challenge\":\"" + prepared() + "\"}");

    assertThat(catchThrowable(() -> probe.judge(exchange))).isNull();
  }

  @Test
  void aRightAnswerMayTakeTwoSeconds() {
    String good = "{\"hub.challenge\":\"" + prepared() + "\"}";
    answer(200, "application/json", good);
    exchange.setVariable("asked-at", System.nanoTime() - 2_300_000_000L);

    assertThat(trouble())
        .containsPattern("answers correctly but after 2[.,][3-9] s, and Strava waits 2 s");

    answer(200, "application/json", good);
    exchange.setVariable("asked-at", System.nanoTime() - 1_000_000_000L);
    assertThat(catchThrowable(() -> probe.judge(exchange))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      textBlock =
          """
          200 | application/json | {"hub.challenge":"another"}          | another program answers there
          200 | application/json | not json                             | another program answers there
          200 | application/json | nothing                              | another program answers there
          200 | text/html        | <p>Welcome</p>                       | shows a web page instead of the challenge
          200 | text/HTML        | Welcome                              | shows a web page instead of the challenge
          200 | text/plain       | '  <p>Welcome</p>'                   | shows a web page instead of the challenge
          200 | text/html        | <input type="password">              | shows a login page
          200 | text/html        | <a>Log in</a>                        | shows a login page
          200 | text/html        | <form action="/login">               | shows a login page
          200 | text/html        | <title>Just a moment...</title>      | shows a bot check
          200 | text/html        | <div class="cf-chl-widget">          | shows a bot check
          200 | text/html        | <div class="h-captcha">              | shows a bot check
          200 | text/html        | <p>Checking your browser</p>         | shows a bot check
          200 | text/html        | <p>Enable JavaScript and cookies</p> | shows a bot check
          403 | text/html        | <title>Just a moment...</title>      | shows a bot check
          503 | text/html        | <div class="cf-chl-widget">          | shows a bot check
          403 | text/html        | <h1>Forbidden</h1>                   | forbids the request (status 403)
          403 | application/json | {"title":"Forbidden"}                | another STRAVA_VERIFY_TOKEN
          401 | text/plain       | no                                   | requires a login (status 401)
          407 | text/plain       | no                                   | requires a login (status 407)
          404 | text/plain       | no                                   | answers 404, so the path is wrong
          405 | text/plain       | no                                   | answers 405, so the path is wrong
          502 | text/plain       | no                                   | does not reach this service
          503 | text/plain       | no                                   | does not reach this service
          504 | text/plain       | no                                   | does not reach this service
          500 | text/plain       | no                                   | answers 500 instead of 200
          299 | text/plain       | no                                   | answers 299 instead of 200
          400 | text/plain       | no                                   | answers 400 instead of 200
          """)
  void saysWhatStandsInBetween(int status, String type, String body, String sentence) {
    prepared();
    answer(status, type, body);

    assertThat(trouble())
        .startsWith("This service's public address runs.example.org ")
        .contains(sentence)
        .endsWith(".");
  }

  @Test
  void aBotCheckMayShowInAHeaderAlone() {
    prepared();
    answer(403, "text/plain", "");
    exchange.getMessage().setHeader("cf-mitigated", "challenge");

    assertThat(trouble()).contains("shows a bot check");
  }

  @ParameterizedTest
  @CsvSource({
    "300, https://runs.example.org/other, (https instead of http?)",
    "399, https://runs.example.org/other, (https instead of http?)",
    "301, http://runs.example.org/other, set webhook.public-url to the target.",
    "302, /Login?next=webhook, redirects to a login page",
    "302, https://sso.example.org/, redirects to a login page"
  })
  void saysWhereARedirectLeads(int status, String location, String sentence) {
    prepared();
    answer(status, "text/html", "");
    exchange.getMessage().setHeader("Location", location);

    assertThat(trouble()).contains(sentence);
  }

  static Stream<Arguments> silences() {
    return Stream.of(
        Arguments.of(new UnknownHostException("runs.example.org"), "cannot be found"),
        Arguments.of(
            new SSLHandshakeException("expired\nyesterday"),
            "invalid certificate (expired yesterday)"),
        Arguments.of(
            new ConnectTimeoutException("timed out", null), "cannot be reached from this machine"),
        Arguments.of(new NoRouteToHostException(), "cannot be reached from this machine"),
        Arguments.of(new HttpHostConnectException("refused"), "refuses the connection"),
        Arguments.of(new ConnectException("refused"), "refuses the connection"),
        Arguments.of(new SocketTimeoutException(), "does not answer in time"),
        Arguments.of(new IOException("x".repeat(120)), "with HTTP (" + "x".repeat(120) + ")"),
        Arguments.of(new IOException("x".repeat(121)), "with HTTP (" + "x".repeat(120) + "...)"));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void saysWhyThereIsNoAnswer(Exception failure, String sentence) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);

    assertThat(catchThrowable(() -> probe.explain(exchange)))
        .isInstanceOf(SubscriptionRefused.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void passesOnWhatIsExplainedAlready() {
    SubscriptionRefused known = new SubscriptionRefused("the address is not set");
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, known);

    assertThat(catchThrowable(() -> probe.explain(exchange))).isSameAs(known);
  }
}
