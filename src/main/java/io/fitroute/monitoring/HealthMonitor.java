package io.fitroute.monitoring;

import io.fitroute.delivery.Deletions;
import io.fitroute.delivery.SinkHealth;
import io.fitroute.delivery.SinkHealth.Trouble;
import io.fitroute.notice.Notice;
import io.fitroute.notice.Notices;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Athletes.Athlete;
import io.fitroute.strava.export.SessionCredential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks for problems that are imminent or persistent, and raises notices about them. */
public final class HealthMonitor {

  private static final String CREDENTIAL = "session credential";
  private static final String SINK = "sink ";
  private static final String BRAKE = "removal brake";
  private static final String RENEW =
      "; log in at https://www.strava.com, and copy the cookies into STRAVA_SESSION_COOKIE again";

  private static final int MOST_SHOWN = 20;

  private final SessionCredential credential;
  private final List<String> sinks;
  private final Duration patience;
  private final Athletes athletes;
  private final SinkHealth standing;
  private final Deletions deletions;
  private final Notices notices;
  private final Clock clock;

  public HealthMonitor(
      Settings settings,
      Athletes athletes,
      SinkHealth standing,
      Deletions deletions,
      Notices notices,
      Clock clock) {
    this.credential = new SessionCredential(settings.secret("strava.session-cookie"));
    this.sinks = settings.list("fit.sinks");
    this.patience = settings.duration("notify.sink-after");
    this.athletes = athletes;
    this.standing = standing;
    this.deletions = deletions;
    this.notices = notices;
    this.clock = clock;
  }

  /** Checks everything. */
  public void look() {
    Set<String> inForce = new HashSet<>(notices.all().stream().map(Notice::subject).toList());
    credential()
        .ifPresent(
            notice -> {
              notices.raise(notice.subject(), notice.summary(), notice.detail());
              inForce.remove(notice.subject());
            });
    for (Athlete athlete : athletes.all()) {
      String subject = Warnings.ATHLETE + athlete.id();
      athlete
          .mustReconnect()
          .ifPresent(
              why -> {
                notices.raise(
                    subject,
                    "an athlete must reconnect",
                    subject + " must reconnect: " + why + "; run ./fitroute connect");
                inForce.remove(subject);
              });
    }
    for (Trouble trouble : standing.all()) {
      if (isForLong(trouble)) {
        notices.raise(
            SINK + trouble.sink(),
            "the sink " + trouble.sink() + " accepts no files: see ./fitroute status",
            sentence(trouble));
        inForce.remove(SINK + trouble.sink());
      }
    }
    List<Long> held = deletions.held();
    if (!held.isEmpty()) {
      notices.raise(BRAKE, wait(held) + " for review: see ./fitroute status", sentence(held));
      inForce.remove(BRAKE);
    }
    inForce.stream().filter(HealthMonitor::isOurs).forEach(notices::settle);
  }

  private static boolean isOurs(String subject) {
    return subject.equals(CREDENTIAL)
        || subject.equals(BRAKE)
        || subject.startsWith(Warnings.ATHLETE)
        || subject.startsWith(SINK);
  }

  private boolean isForLong(Trouble trouble) {
    return sinks.contains(trouble.sink())
        && !trouble.since().plus(patience).isAfter(clock.instant());
  }

  private static String sentence(Trouble trouble) {
    return "the sink "
        + trouble.sink()
        + " has accepted no file since "
        + trouble.since()
        + "; its events wait until it does";
  }

  private static String wait(List<Long> held) {
    return held.size() == 1 ? "1 deletion waits" : held.size() + " deletions wait";
  }

  private static String sentence(List<Long> held) {
    return wait(held)
        + ", confirmed by Strava but too many at once (removal.brake); if they are intended:"
        + " ./fitroute replay "
        + held.stream().limit(MOST_SHOWN).map(String::valueOf).collect(Collectors.joining(" "))
        + (held.size() > MOST_SHOWN ? " ..." : "");
  }

  /** Announced once each at seven, three and one days: a new text is a new announcement. */
  private Optional<Notice> credential() {
    Instant now = clock.instant();
    return credential
        .endsAt()
        .flatMap(
            end ->
                remaining(Duration.between(now, end))
                    .map(
                        left ->
                            new Notice(
                                CREDENTIAL,
                                "the session credential " + left,
                                "the session credential for original files "
                                    + left
                                    + " ("
                                    + end
                                    + ")"
                                    + RENEW,
                                now)));
  }

  public static Optional<String> remaining(Duration left) {
    if (left.isNegative() || left.isZero()) {
      return Optional.of("has ended");
    }
    for (int days : new int[] {1, 3, 7}) {
      if (left.compareTo(Duration.ofDays(days)) <= 0) {
        return Optional.of("ends within " + (days == 1 ? "a day" : days + " days"));
      }
    }
    return Optional.empty();
  }
}
