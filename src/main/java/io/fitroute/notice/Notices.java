package io.fitroute.notice;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current {@link Notice}s. They are kept in the ledger, so commands see them too, and each is
 * announced once until it changes.
 */
public final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final String RAISE = SqlText.named("raise-notice");

  private final Ledger ledger;
  private final Announcements announcements;
  private final Clock clock;
  private volatile Set<String> lastSeen = Set.of();

  public Notices(Ledger ledger, Announcements announcements, Clock clock) {
    this.ledger = ledger;
    this.announcements = announcements;
    this.clock = clock;
  }

  /** Raises a notice. An identical one changes nothing; a new detail replaces the old one. */
  public void raise(String subject, String summary, String detail) {
    Instant now = clock.instant();
    int changed =
        ledger.write(
            jdbc -> {
              int count =
                  jdbc.sql(RAISE)
                      .param("subject", subject)
                      .param("summary", summary)
                      .param("detail", detail)
                      .param("now", now.toEpochMilli())
                      .update();
              if (count > 0) {
                announcements.problem(jdbc, subject, detail, now);
              }
              return count;
            });
    if (changed > 0) {
      ledger.announce();
      LOG.warn("{}", detail);
    }
    all();
  }

  /** Removes the notice of a subject, if there is one. */
  public void settle(String subject) {
    Instant now = clock.instant();
    int ended =
        ledger.write(
            jdbc -> {
              int count = jdbc.sql("delete from notice where subject = ?").param(subject).update();
              if (count > 0) {
                announcements.mended(jdbc, subject, now);
              }
              return count;
            });
    if (ended > 0) {
      ledger.announce();
      LOG.info("Resolved: {}", subject);
    }
  }

  /** As {@link #settle}, without a write if there was none when last read. */
  public void settleIfSeen(String subject) {
    if (lastSeen.contains(subject)) {
      settle(subject);
      all();
    }
  }

  /** All current notices, oldest first. */
  public List<Notice> all() {
    List<Notice> found =
        ledger
            .read()
            .sql("select subject, summary, detail, since from notice order by since, subject")
            .query(
                (row, number) ->
                    new Notice(
                        row.getString("subject"),
                        row.getString("summary"),
                        row.getString("detail"),
                        Instant.ofEpochMilli(row.getLong("since"))))
            .list();
    lastSeen = found.stream().map(Notice::subject).collect(Collectors.toUnmodifiableSet());
    return found;
  }
}
