package io.fitroute.cli;

import io.fitroute.cli.WebhookClient.Answer;
import io.fitroute.cli.report.SimulationReport;
import io.fitroute.hevy.WorkoutWebhook;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Settings;
import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.WebhookEvent;
import io.fitroute.strava.subscription.KnownSubscriptions;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fitroute simulate}: posts events to a running service, like Strava or Hevy. */
@Command(
    name = "simulate",
    description = "Post an event to a running service, as Strava or Hevy would.",
    footer = {
      "  ./fitroute simulate create 16999000111 --owner 4455667",
      "  ./fitroute simulate update 16999000111 --owner 4455667 --title \"Easy loop\" --type Run",
      "  ./fitroute simulate delete 16999000111 --owner 4455667",
      "  ./fitroute simulate deauthorize 4455667",
      "  ./fitroute simulate create 1000 --owner 4455667 --count 500 --json",
      "  ./fitroute simulate hevy-workout 0b6f2c1e-7a44-4d0e-9a8e-1d2f3a4b5c6d"
    })
final class SimulateCommand extends Reporting {
  private static final int MOST_EVENTS = 1_000_000;

  @Parameters(
      index = "0",
      paramLabel = "create|update|delete|deauthorize|hevy-workout",
      description =
          "The kind of event; deauthorize means that an athlete withdrew the permission,"
              + " hevy-workout that a workout was logged in Hevy.")
  private String happening;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      description =
          "ID of the activity; for deauthorize, of the athlete; for hevy-workout, of the workout.")
  private String object;

  @Option(
      names = "--owner",
      paramLabel = "ATHLETE_ID",
      description = "ID of the activity's athlete; required except for deauthorize.")
  private Optional<Long> owner;

  @Option(
      names = "--subscription",
      paramLabel = "ID",
      description = "ID of the webhook subscription (default: the stored one, or 1).")
  private Optional<Long> subscription;

  @Option(names = "--title", description = "With update: the new title.")
  private Optional<String> title;

  @Option(names = "--type", description = "With update: the new type, such as Run.")
  private Optional<String> type;

  @Option(
      names = "--private",
      arity = "1",
      paramLabel = "true|false",
      description = "With update: whether only its owner may see it.")
  private Optional<Boolean> onlyForOwner;

  @Option(
      names = "--event-time",
      paramLabel = "TIME",
      converter = EventTime.class,
      description = "Time of the event, in seconds since 1970 or as ISO 8601 (default: now).")
  private Optional<Instant> eventTime;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of events, for ID, ID+1, ... (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The webhook (default: by webhook.host, webhook.port, webhook.path).")
  private Optional<URI> url;

  @Override
  public Integer call() throws InterruptedException {
    if (count < 1 || count > MOST_EVENTS) {
      throw CommandFailure.wrongUsage(
          "--count is %d, allowed is 1 to %d".formatted(count, MOST_EVENTS));
    }
    if (happening.equals("hevy-workout")) {
      return workout();
    }
    long id = number(object);
    Instant time = eventTime.orElseGet(Instant::now);
    long subscriptionId = subscription.or(this::storedSubscription).orElse(1L);
    URI webhook = webhook("webhook.path");
    WebhookClient client = new WebhookClient(webhook, Optional.empty());
    List<Answer> answers = new ArrayList<>();
    for (long further = 0; further < count; further++) {
      answers.add(client.post(event(id + further, time).body(subscriptionId)));
    }
    return report(SimulationReport.of(webhook.toString(), answers));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException other) {
      throw CommandFailure.wrongUsage(
          "found '%s', allowed is a whole number (see: ./fitroute simulate --help)".formatted(id));
    }
  }

  private int workout() throws InterruptedException {
    if (owner.isPresent() || !updates().isEmpty() || count != 1) {
      throw CommandFailure.wrongUsage("hevy-workout allows only --url and --json");
    }
    Settings settings = settings();
    URI webhook = webhook("hevy.webhook-path");
    Answer answer =
        new WebhookClient(webhook, WorkoutWebhook.token(settings))
            .post(FakeHevy.payload(object, false));
    return report(SimulationReport.of(webhook.toString(), List.of(answer)));
  }

  private WebhookEvent event(long object, Instant time) {
    Map<String, String> updates = updates();
    WebhookEvent event =
        switch (happening) {
          case "create" -> WebhookEvent.created(object, activityOwner(), time);
          case "update" -> WebhookEvent.updated(object, activityOwner(), updates, time);
          case "delete" -> WebhookEvent.deleted(object, activityOwner(), time);
          case "deauthorize" -> WebhookEvent.deauthorized(object, time);
          default ->
              throw CommandFailure.wrongUsage(
                  "found '%s', allowed are create, update, delete, deauthorize and hevy-workout"
                      .formatted(happening));
        };
    boolean update = happening.equals("update");
    if (update && updates.isEmpty()) {
      throw CommandFailure.wrongUsage("update needs a change: --title, --type or --private");
    }
    if (!update && !updates.isEmpty()) {
      throw CommandFailure.wrongUsage(
          "--title, --type and --private are for update only, not for " + happening);
    }
    return event;
  }

  private Optional<Long> storedSubscription() {
    try {
      return LedgerFile.inExisting(settings(), KnownSubscriptions::stored).flatMap(found -> found);
    } catch (InvalidSetting e) {
      if (url.isPresent()) {
        return Optional.empty(); // the service has other settings
      }
      throw e;
    }
  }

  private Map<String, String> updates() {
    Map<String, String> updates = new TreeMap<>();
    title.ifPresent(text -> updates.put("title", text));
    type.ifPresent(text -> updates.put("type", text));
    onlyForOwner.ifPresent(hidden -> updates.put("private", hidden.toString()));
    return updates;
  }

  private long activityOwner() {
    return owner.orElseThrow(
        () -> CommandFailure.wrongUsage(happening + " needs --owner, the ID of an athlete"));
  }

  private URI webhook(String path) {
    return url.map(SimulateCommand::checked).orElseGet(() -> webhook(settings(), path));
  }

  private static URI checked(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw CommandFailure.wrongUsage(
          "--url is '%s', allowed is an address such as http://127.0.0.1:5000/webhook"
              .formatted(url));
    }
    return url;
  }

  private static URI webhook(Settings settings, String path) {
    int port = settings.port("webhook.port");
    if (port == 0) {
      throw CommandFailure.wrongUsage(
          "webhook.port is 0, so the service uses any free port: pass its address with --url");
    }
    String host = reachable(settings.text("webhook.host"));
    return URI.create("http://" + host + ":" + port + settings.text(path));
  }

  /** The address at which a listening service is reached from the same machine. */
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "[::1]";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }
}
