package io.fitroute.strava.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fitroute.ManualClock;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Scope;
import io.fitroute.system.SystemServices;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An athlete's way to Strava's consent page and back. */
class AthleteConnectorTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();
  private static final String ANN = "4455667";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T12:00:00Z");
  private Ledger ledger;
  private OAuthStates oauthStates;
  private Athletes athletes;
  private TokenStore store;
  private AthleteConnector athleteConnector;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    oauthStates = new OAuthStates(ledger, SystemServices.with(clock));
    athletes = new Athletes(ledger, clock);
    store = Vaults.tokens(ledger, folder, clock);
    athleteConnector = athleteConnector(Optional.of("secret"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private AthleteConnector athleteConnector(Optional<String> secret) {
    return new AthleteConnector(
        new ApiApplication(Optional.of("12"), secret),
        new AthleteConnector.Consent(
            URI.create("http://localhost:8081/oauth"),
            URI.create("http://localhost:8080/callback"),
            Scope.of("read,activity:read_all")),
        oauthStates,
        athletes,
        store);
  }

  private Exchange back(String state, String scope, String code, String error) {
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.getMessage().setHeader("state", state);
    exchange.getMessage().setHeader("scope", scope);
    exchange.getMessage().setHeader("code", code);
    exchange.getMessage().setHeader("error", error);
    return exchange;
  }

  private NewConnection connection(String scope) {
    return new NewConnection(
        ANN,
        "Ann Lee",
        new TokenGrant(
            "access",
            "refresh",
            clock.instant().plus(Duration.ofHours(6)),
            Optional.ofNullable(scope)));
  }

  @Test
  void invitesToTheConsentPage() {
    AthleteConnector.Invitation invitation = athleteConnector.invite();

    assertThat(invitation.address())
        .hasToString(
            "http://localhost:8081/oauth/authorize?client_id=12&response_type=code"
                + "&approval_prompt=auto&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcallback"
                + "&scope=activity%3Aread_all%2Cread&state="
                + invitation.state());
  }

  @Test
  void invitesNobodyForAnIncompleteApplication() {
    ConnectRefused refusal =
        catchThrowableOfType(
            ConnectRefused.class, () -> athleteConnector(Optional.empty()).invite());

    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal).hasMessageContaining("are not both set");
  }

  @Test
  void whoeverComesBackBringsACode() {
    String state = athleteConnector.invite().state();
    Exchange back = back(state, "read,activity:read_all", "c", null);

    assertThat(athleteConnector.codeOf(back)).isEqualTo("c");
    assertThat(back.getVariable("oauth_state")).isEqualTo(state);
    assertThat(back.getVariable("scope")).isEqualTo("read,activity:read_all");
    assertThatThrownBy(() -> athleteConnector.codeOf(back))
        .isInstanceOf(ConnectRefused.class)
        .hasMessageContaining("valid once, for ten minutes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          access_denied | ''   | ''                     | 403 | You denied access at Strava
          <b>oom        | ''   | ''                     | 502 | the error ?b?oom.
          ''            | ''   | read,activity:read_all | 400 | sent no code
          ''            | code | read                   | 403 | Nothing was stored.
          """)
  void saysWhyNobodyIsConnected(
      String error, String code, String scope, int status, String sentence) {
    Exchange back = back(athleteConnector.invite().state(), scope, code, error);

    ConnectRefused refusal =
        catchThrowableOfType(ConnectRefused.class, () -> athleteConnector.codeOf(back));

    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal).hasMessageContaining(sentence);
  }

  @Test
  void aScopeThatIsNotToldMayBeWideEnough() {
    assertThat(athleteConnector.codeOf("", "c", "")).isEqualTo("c");
  }

  @Test
  void aLongErrorIsCut() {
    for (int length : new int[] {60, 61}) {
      assertThat(catchThrowable(() -> athleteConnector.codeOf("x".repeat(length), "", "")))
          .hasMessageContaining("error " + "x".repeat(60) + (length > 60 ? "...." : ". Please"));
    }
  }

  @Test
  void aParameterThatIsFarTooLongOrGivenTwiceCountsAsNotGiven() {
    Exchange longest = back(athleteConnector.invite().state(), "", "x".repeat(1000), null);
    assertThat(athleteConnector.codeOf(longest)).hasSize(1000);

    Exchange longer = back(athleteConnector.invite().state(), "", "x".repeat(1001), null);
    assertThatThrownBy(() -> athleteConnector.codeOf(longer)).hasMessageContaining("no code");

    Exchange twice = back(athleteConnector.invite().state(), "", "c", null);
    twice.getMessage().setHeader("code", List.of("a", "b"));
    assertThatThrownBy(() -> athleteConnector.codeOf(twice)).hasMessageContaining("no code");
  }

  @Test
  void anAthleteIsAdmittedWithTheScopeOfTheTokens() {
    NewConnection connection = connection("read,activity:read_all");

    assertThat(athleteConnector.admit(connection, "read")).isSameAs(connection);

    Athletes.Athlete ann = athletes.find(ANN).orElseThrow();
    assertThat(ann.name()).isEqualTo("Ann Lee");
    assertThat(ann.scope()).isEqualTo("activity:read_all,read");
    assertThat(ann.mustReconnect()).isEmpty();
    assertThat(store.find(ANN).orElseThrow().accessToken()).isEqualTo("access");
  }

  @Test
  void theScopeOfTheWayBackStandsInForThatOfTheTokens() {
    athleteConnector.admit(connection(null), "read,activity:read_all");

    assertThat(athletes.find(ANN).orElseThrow().scope()).isEqualTo("activity:read_all,read");
  }

  @Test
  void anAthleteWithTooNarrowAScopeMustReconnect() {
    ConnectRefused refusal =
        catchThrowableOfType(
            ConnectRefused.class,
            () -> athleteConnector.admit(connection("read"), "read,activity:read_all"));

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal).hasMessageContaining("The permission lacks activity:read_all");
    assertThat(athletes.find(ANN).orElseThrow().mustReconnect()).contains(refusal.getMessage());
  }

  @Test
  void whoeverWaitsIsToldHowItEnded() {
    String good = athleteConnector.invite().state();
    String bad = athleteConnector.invite().state();

    athleteConnector.answerSuccess(good, connection("read"));
    Exchange refused = new DefaultExchange(CAMEL);
    refused.setVariable("refusal", "you said no");
    athleteConnector.answerRefusal(refused);
    refused.setVariable("oauth_state", bad);
    athleteConnector.answerRefusal(refused);

    assertThat(oauthStates.endOf(good).orElseThrow().athleteId()).contains(ANN);
    assertThat(oauthStates.endOf(bad).orElseThrow().refusal()).contains("you said no");
  }
}
