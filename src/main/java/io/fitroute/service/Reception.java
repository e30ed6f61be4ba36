package io.fitroute.service;

import io.fitroute.ledger.Ledger;
import io.fitroute.settings.Settings;
import io.fitroute.strava.Admission;
import io.fitroute.strava.Application;
import io.fitroute.strava.Athletes;
import io.fitroute.strava.Invitations;
import io.fitroute.strava.Scope;
import io.fitroute.strava.TokenStore;
import io.fitroute.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where athletes are received who come back from Strava: by the service that runs on the same data,
 * and where none does by a listener that lives as long as this.
 */
public final class Reception implements AutoCloseable {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** How long the browser may take to read the page that says how it went. */
  private static final Duration LAST_PAGE = Duration.ofMillis(500);

  private final Optional<Service> listener;
  private final Ledger ledger;
  private final Invitations invitations;
  private final Admission admission;
  private boolean received;

  private Reception(Settings settings, Optional<Service> listener, Ledger ledger) {
    this.listener = listener;
    this.ledger = ledger;
    this.invitations = new Invitations(ledger, Clock.systemUTC());
    this.admission =
        admission(settings, ledger, DataVault.open(settings, ledger), Clock.systemUTC());
  }

  /**
   * Opens it.
   *
   * @param home the folder of the launcher, where the routes are
   * @throws CannotStart if nobody can be received at {@code strava.redirect-uri}
   */
  public static Reception open(Settings settings, Path home) throws InterruptedException {
    URI redirect = settings.url("strava.redirect-uri");
    boolean direct = THIS_MACHINE.contains(redirect.getHost());
    int port = direct ? port(redirect) : settings.port("webhook.port");
    if (port == 0) {
      throw new CannotStart(
          "strava.redirect-uri is "
              + redirect
              + ", which has no port to come back to: set webhook.port or strava.redirect-uri");
    }
    if (ServiceLock.isHeld(settings.path("data.dir")) && isFitroute(port)) {
      return new Reception(settings, Optional.empty(), LedgerFile.open(settings));
    }
    String host = direct ? "127.0.0.1" : settings.text("webhook.host");
    Ports.usable("the port of strava.redirect-uri", host, port);
    Settings here =
        settings.with(
            Map.of(
                "webhook.host", host, "webhook.port", Integer.toString(port), "admin.port", "0"));
    Service listener = Service.start(here, home, Role.CONNECT);
    return new Reception(settings, Optional.of(listener), listener.ledger());
  }

  /** How athletes come in, by the settings and the ledger. */
  static Admission admission(Settings settings, Ledger ledger, Vault vault, Clock clock) {
    return new Admission(
        Application.of(settings),
        new Admission.Consent(
            settings.url("strava.oauth-url"),
            settings.url("strava.redirect-uri"),
            Scope.of(settings.text("strava.scope"))),
        new Invitations(ledger, clock),
        new Athletes(ledger, clock),
        new TokenStore(ledger, vault, clock));
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
   * Makes an invitation for one athlete.
   *
   * @throws io.fitroute.strava.ConnectRefused if the application is not set up
   */
  public Admission.Invitation invite() {
    return admission.invite();
  }

  /** Waits for an athlete; empty if nobody came back in time. */
  public Optional<Invitations.End> await(Admission.Invitation invitation, Duration patience)
      throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    Optional<Invitations.End> found = invitations.endOf(invitation.state());
    while (found.isEmpty() && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
      found = invitations.endOf(invitation.state());
    }
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
        TimeUnit.MILLISECONDS.sleep(LAST_PAGE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.get().close();
  }
}
