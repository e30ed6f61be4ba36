package io.fitroute.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fitroute.cli.report.Printable;
import io.fitroute.cli.report.Report;
import io.fitroute.history.EventSource;
import io.fitroute.inbox.EventState;
import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.Rows;
import io.fitroute.ledger.SqlText;
import io.fitroute.monitoring.Warnings;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.runtime.LedgerFile;
import io.fitroute.runtime.ServiceLock;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.upload.Uploads;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;
import picocli.CommandLine.Command;

/** {@code fitroute status}: shows the state, from the ledger alone. */
@Command(
    name = "status",
    description =
        "Show connected athletes, the subscription, pending, delivered and dead events,"
            + " the remaining API budget, and what happens next.",
    footer = {"  ./fitroute status", "  ./fitroute status --json"})
final class StatusCommand extends Reporting {

  @Override
  public Integer call() {
    Settings settings = settings();
    boolean running = ServiceLock.isHeld(settings.path("data.dir"));
    return report(
        LedgerFile.inExisting(settings, ledger -> StatusReport.of(ledger, settings, running))
            .orElseGet(() -> StatusReport.ofNothing(settings)));
  }

  /**
   * The state.
   *
   * @param service whether a service runs on this data folder: {@code running} or {@code stopped}
   * @param athletes the connected athletes
   * @param subscription the known webhook subscription
   * @param events the number of events in each state
   * @param deliveries the number of files at each sink
   * @param budget the remaining API requests by family; empty before Strava has reported any
   * @param workouts the known workouts of Hevy; absent if there are none
   * @param uploads how many files are still to become activities at Strava; absent if none
   * @param next the next event to be tried
   * @param news how the service learns of activities, as text; empty before the first start
   * @param warnings what the user should resolve
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StatusReport(
      String service,
      List<Connected> athletes,
      Subscribed subscription,
      Map<String, Long> events,
      Map<String, Long> deliveries,
      List<Budget.Left> budget,
      Workouts workouts,
      Long uploads,
      Next next,
      String news,
      List<String> warnings)
      implements Report {

    /**
     * @param state {@code connected} or {@code must-reconnect}
     * @param paused whether events of the athlete wait until ./fitroute resume
     * @param waiting the number of the athlete's pending events
     */
    record Connected(
        String id, String name, String state, String reason, boolean paused, long waiting) {}

    record Subscribed(long id, String callbackUrl) {}

    /**
     * @param synced the number of workouts with activities at Intervals.icu
     * @param changesUntil the latest change in Hevy's feed; empty if there was none
     */
    record Workouts(long synced, String changesUntil) {
      static Optional<Workouts> of(Ledger ledger) {
        long synced =
            Rows.count(ledger.read(), "select count(*) from workout where deleted_at is null");
        String until =
            ledger
                .read()
                .sql("select since_time from workout_feed")
                .query(Long.class)
                .optional()
                .map(time -> Instant.ofEpochMilli(time).toString())
                .orElse("");
        return Optional.of(new Workouts(synced, until))
            .filter(any -> synced > 0 || !until.isEmpty());
      }
    }

    /**
     * @param what the event
     * @param when its next attempt
     * @param why what it waits for; empty if nothing
     */
    record Next(String what, String when, String why) {}

    static StatusReport ofNothing(Settings settings) {
      List<String> warnings = new ArrayList<>(Warnings.ofSettings(settings));
      warnings.add("there is no data here yet: start the service with ./fitroute");
      return new StatusReport(
          "stopped",
          List.of(),
          null,
          noEvents(),
          Map.of(),
          List.of(),
          null,
          null,
          null,
          "",
          warnings);
    }

    static StatusReport of(Ledger ledger, Settings settings, boolean running) {
      Athletes athletes = new Athletes(ledger, Clock.systemUTC());
      Notices notices = new Notices(ledger, Announcements.none(), Clock.systemUTC());
      Warnings warnings = new Warnings(settings, athletes, notices);
      List<String> all = new ArrayList<>(warnings.ofSettings());
      all.addAll(warnings.ofAthletes());
      all.addAll(warnings.ofNoticesInDetail());
      return new StatusReport(
          running ? "running" : "stopped",
          athletes.all().stream().map(one -> connected(one, ledger)).toList(),
          subscription(ledger).orElse(null),
          events(ledger),
          counts(ledger, "select sink, count(*) from delivery group by sink order by sink"),
          Budget.left(ledger, Instant.now()),
          Workouts.of(ledger).orElse(null),
          Optional.of(Uploads.unfinished(ledger)).filter(number -> number > 0).orElse(null),
          next(ledger).orElse(null),
          EventSource.of(ledger, settings, Clock.systemUTC()).describe(),
          all);
    }

    private static Connected connected(Athletes.Athlete athlete, Ledger ledger) {
      return new Connected(
          athlete.id(),
          athlete.name(),
          athlete.mustReconnect().isPresent() ? "must-reconnect" : "connected",
          athlete.mustReconnect().orElse(""),
          athlete.paused(),
          Rows.count(
              ledger.read(),
              "select count(*) from event where state = 'pending' and owner_id = ?",
              athlete.id()));
    }

    private static Optional<Subscribed> subscription(Ledger ledger) {
      return ledger
          .read()
          .sql("select id, callback_url from subscription")
          .query(Subscribed.class)
          .optional();
    }

    private static Map<String, Long> noEvents() {
      Map<String, Long> counts = new LinkedHashMap<>();
      for (EventState state : EventState.values()) {
        counts.put(state.word(), 0L);
      }
      return counts;
    }

    private static Map<String, Long> events(Ledger ledger) {
      Map<String, Long> counts = noEvents();
      counts.putAll(counts(ledger, "select state, count(*) from event group by state"));
      return counts;
    }

    private static Map<String, Long> counts(Ledger ledger, String query) {
      Map<String, Long> counts = new LinkedHashMap<>();
      RowCallbackHandler count = row -> counts.put(row.getString(1), row.getLong(2));
      ledger.read().sql(query).query(count);
      return counts;
    }

    private static Optional<Next> next(Ledger ledger) {
      return ledger
          .read()
          .sql(SqlText.named("next-event"))
          .query(
              (row, number) ->
                  new Next(
                      row.getString("aspect")
                          + " of "
                          + row.getString("object_type")
                          + " "
                          + row.getString("object_id"),
                      Instant.ofEpochMilli(row.getLong("due_at")).toString(),
                      Optional.ofNullable(row.getString("reason")).orElse("")))
          .optional();
    }

    @Override
    public void print(PrintWriter out) {
      out.println("service       " + service);
      if (athletes.isEmpty()) {
        out.println("athletes      none connected");
      }
      for (Connected athlete : athletes) {
        out.printf(
            "athlete       %s %s: %s%s%s%n",
            athlete.id(),
            Printable.line(athlete.name()),
            athlete.state(),
            athlete.reason().isEmpty() ? "" : " (" + athlete.reason() + ")",
            athlete.paused()
                ? ", paused ("
                    + Printable.count(athlete.waiting(), "event")
                    + " waiting; ./fitroute resume "
                    + athlete.id()
                    + ")"
                : "");
      }
      out.println(
          "subscription  "
              + (subscription == null
                  ? "not known"
                  : subscription.id() + " to " + subscription.callbackUrl()));
      if (!news.isEmpty()) {
        out.println("news          " + news);
      }
      events.forEach((state, number) -> out.printf("%-13s %d%n", state, number));
      deliveries.forEach(
          (sink, number) -> out.printf("at %-10s %s%n", sink, Printable.count(number, "file")));
      if (workouts != null) {
        out.printf(
            "workouts      %d at Intervals.icu%s%n",
            workouts.synced(),
            workouts.changesUntil().isEmpty()
                ? ""
                : "; latest known change at Hevy: " + workouts.changesUntil());
      }
      if (uploads != null) {
        out.println("uploads       " + Printable.count(uploads, "file") + " not yet at Strava");
      }
      if (budget.isEmpty()) {
        out.println("API budget    not known yet");
      }
      for (Budget.Left left : budget) {
        out.printf(
            "API budget    %s: %d of %d until %s, %d of %d today%n",
            left.family(),
            left.shortLeft(),
            left.shortLimit(),
            left.shortUntil(),
            left.dayLeft(),
            left.dayLimit());
      }
      out.println("next          " + (next == null ? describeUndue() : describe(next)));
      warnings.forEach(warning -> out.println("warning       " + warning));
    }

    /** A pending event without a due time is held by a worker, or waits for an earlier one. */
    private String describeUndue() {
      long pending = events.getOrDefault(EventState.PENDING.word(), 0L);
      if (pending == 0) {
        return "nothing waits";
      }
      return Printable.count(pending, "event")
          + (service.equals("running")
              ? " in progress, or behind another event of the same activity"
              : " that were in progress when the service stopped; it resumes them when it runs");
    }

    private static String describe(Next next) {
      Instant when = Instant.parse(next.when());
      String time =
          when.isAfter(Instant.now())
              ? "at "
                  + next.when()
                  + " (in "
                  + Duration.between(Instant.now(), when).toMinutes()
                  + " min)"
              : "now";
      return next.what() + " " + time + (next.why().isEmpty() ? "" : ": " + next.why());
    }
  }
}
