package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Scope;
import io.fitroute.system.SystemServices;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The response to {@code /connect}. */
class ConsentRedirectTest {

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private OAuthStates oauthStates;
  private AthleteConnector athleteConnector;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    oauthStates = new OAuthStates(ledger, SystemServices.with(clock));
    athleteConnector = asking("read,activity:read_all");
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private AthleteConnector asking(String scope) {
    return new AthleteConnector(
        new ApiApplication(Optional.of("12"), Optional.of("secret")),
        new AthleteConnector.Consent(
            URI.create("http://localhost:8081/oauth"),
            URI.create("http://localhost:8080/callback"),
            Scope.of(scope)),
        oauthStates,
        new Athletes(ledger, clock),
        Vaults.tokens(ledger, folder, clock));
  }

  @Test
  void aBrowserIsSentToTheConsentPageAndNothingOfItsRequestComesBack() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader("Cookie", "of the request");
    exchange.getMessage().setBody("what it posted");

    athleteConnector.send(exchange);

    assertThat(exchange.getMessage().getHeaders())
        .containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE, "Location", "Cache-Control")
        .containsEntry(Exchange.HTTP_RESPONSE_CODE, 302)
        .containsEntry("Cache-Control", "no-store");
    assertThat(exchange.getMessage().getBody()).isNull();
    String location = exchange.getMessage().getHeader("Location", String.class);
    assertThat(location).startsWith("http://localhost:8081/oauth/authorize?client_id=12&");
    assertThat(oauthStates.take(location.replaceFirst(".*&state=", ""))).isTrue();
  }

  @Test
  void anInvitationShowsNothingOfItsState() {
    AthleteConnector.Invitation invitation = athleteConnector.invite();

    assertThat(invitation).hasToString("oauth_state");
  }

  @Test
  void whatIsMissingIsNamedWithTheBoxToTick() {
    AthleteConnector other = asking("activity:read,profile:read_all");

    assertThatThrownBy(() -> other.codeOf("", "c", "activity:read"))
        .hasMessage(
            "The permission lacks profile:read_all, without which activities cannot be"
                + " downloaded. Please connect again, and leave every box ticked at Strava."
                + " Nothing was stored.");
  }
}
