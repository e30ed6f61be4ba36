package io.fitroute.runtime;

import io.fitroute.delivery.Deliveries;
import io.fitroute.inbox.Inbox;
import io.fitroute.ledger.Ledger;
import io.fitroute.monitoring.Warnings;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Submits work for a command: it puts events into the inbox, which a running service on the same
 * data processes, or else this process.
 */
public final class WorkClient implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Settings settings;
  private final Optional<Service> service;
  private final Ledger ledger;
  private final Inbox inbox;
  private final SystemServices services;

  private WorkClient(Settings settings, Optional<Service> service, Ledger ledger, Inbox inbox) {
    this.settings = settings;
    this.service = service;
    this.ledger = ledger;
    this.inbox = inbox;
    this.services = inbox.services();
  }

  /**
   * Opens the client.
   *
   * @param home the folder of the launcher, which contains the routes
   */
  public static WorkClient open(Settings settings, Path home) {
    if (ServiceLock.isHeld(settings.path("data.dir"))) {
      SystemServices services = SystemServices.ofJdk();
      Ledger ledger = LedgerFile.open(settings, services);
      return new WorkClient(settings, Optional.empty(), ledger, new Inbox(ledger, services));
    }
    Service service = Service.start(settings, home, RunMode.WORK);
    return new WorkClient(settings, Optional.of(service), service.ledger(), service.inbox());
  }

  public Inbox inbox() {
    return inbox;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Whether a running service does the work. */
  public boolean isBesideService() {
    return service.isEmpty();
  }

  public Deliveries deliveries() {
    return new Deliveries(ledger, settings.list("fit.sinks"), services.clock(), List.of());
  }

  /**
   * The ids of connected athletes. If configured tokens have no known owner yet, this waits for it
   * as long as for a response of Strava.
   */
  public List<String> connectedAthletes() throws InterruptedException {
    Athletes athletes = new Athletes(ledger, services.clock());
    boolean promised =
        settings.secret("strava.access-token").isPresent()
            || settings.secret("strava.refresh-token").isPresent();
    Duration patience = settings.duration("strava.timeout");
    return services.await(
        () -> ids(athletes),
        ids -> !ids.isEmpty() || athletes.refusalOfGivenTokens().isPresent(),
        BETWEEN_LOOKS,
        promised ? patience : Duration.ZERO);
  }

  /** Why there are no {@link #connectedAthletes}, and what to do. */
  public String whyNobodyIsConnected() {
    return Warnings.ofNobody(settings, new Athletes(ledger, services.clock()));
  }

  private static List<String> ids(Athletes athletes) {
    return athletes.all().stream().map(Athletes.Athlete::id).toList();
  }

  @Override
  public void close() {
    service.ifPresentOrElse(Service::close, ledger::close);
  }
}
