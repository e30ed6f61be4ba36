package io.fitroute.runtime;

import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Scope;
import io.fitroute.strava.oauth.AthleteConnector;
import io.fitroute.strava.oauth.OAuthStates;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Receives athletes who return from Strava: through the running service on the same data, or
 * through a listener of its own if there is none.
 */
public final class OAuthCallbackListener implements AutoCloseable {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** The time for the browser to read the final page. */
  private static final Duration LAST_PAGE = Duration.ofMillis(500);

  private final Optional<Service> listener;
  private final Ledger ledger;
  private final SystemServices services;
  private final OAuthStates oauthStates;
  private final AthleteConnector athleteConnector;
  private boolean received;

  private OAuthCallbackListener(
      Settings settings, Optional<Service> listener, Ledger ledger, SystemServices services) {
    this.listener = listener;
    this.ledger = ledger;
    this.services = services;
    this.oauthStates = new OAuthStates(ledger, services);
    this.athleteConnector =
        athleteConnector(settings, ledger, DataVault.open(settings, ledger, services), services);
  }

  /**
   * Opens the listener.
   *
   * @param home the folder of the launcher, which contains the routes
   * @throws CannotStart if {@code strava.redirect-uri} cannot be served
   */
  public static OAuthCallbackListener open(Settings settings, Path home)
      throws InterruptedException {
    URI redirect = settings.url("strava.redirect-uri");
    boolean direct = THIS_MACHINE.contains(redirect.getHost());
    int port = direct ? port(redirect) : settings.port("webhook.port");
    if (port == 0) {
      throw new CannotStart(
          "strava.redirect-uri is "
              + redirect
              + ", which has no port for the callback: set webhook.port or strava.redirect-uri");
    }
    if (ServiceLock.isHeld(settings.path("data.dir")) && isFitroute(port)) {
      SystemServices services = SystemServices.ofJdk();
      return new OAuthCallbackListener(
          settings, Optional.empty(), LedgerFile.open(settings, services), services);
    }
    String host = direct ? "127.0.0.1" : settings.text("webhook.host");
    Ports.usable("the port of strava.redirect-uri", host, port);
    Settings here =
        settings.with(
            Map.of(
                "webhook.host", host, "webhook.port", Integer.toString(port), "admin.port", "0"));
    Service listener = Service.start(here, home, RunMode.CONNECT);
    return new OAuthCallbackListener(
        settings, Optional.of(listener), listener.ledger(), listener.services());
  }

  /** The connector with the settings and the ledger. */
  static AthleteConnector athleteConnector(
      Settings settings, Ledger ledger, Vault vault, SystemServices services) {
    return new AthleteConnector(
        ApiApplication.of(settings),
        new AthleteConnector.Consent(
            settings.url("strava.oauth-url"),
            settings.url("strava.redirect-uri"),
            Scope.of(settings.text("strava.scope"))),
        new OAuthStates(ledger, services),
        new Athletes(ledger, services.clock()),
        new TokenStore(ledger, vault, services.clock()));
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return address.getScheme().equals("https") ? 443 : 80;
  }

  private static boolean isFitroute(int port) throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(question, BodyHandlers.ofString()).body().contains("fitroute");
    } catch (IOException nobody) {
      return false;
    }
  }

  /**
   * Starts the connection of an athlete.
   *
   * @throws io.fitroute.strava.oauth.ConnectRefused if the application is not configured
   */
  public AthleteConnector.Invitation invite() {
    return athleteConnector.invite();
  }

  /** Waits for the result; empty if the athlete did not return in time. */
  public Optional<OAuthStates.End> await(AthleteConnector.Invitation invitation, Duration patience)
      throws InterruptedException {
    Optional<OAuthStates.End> found =
        services.await(
            () -> oauthStates.endOf(invitation.state()),
            Optional::isPresent,
            BETWEEN_LOOKS,
            patience);
    received = found.isPresent();
    return found;
  }

  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    if (listener.isEmpty()) {
      ledger.close();
      return;
    }
    try {
      if (received) {
        services.sleep(LAST_PAGE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.get().close();
  }
}
