package io.fitroute.notice;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Notice}s in force. The ledger keeps them, so that commands see them too. */
public final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final String RAISE = SqlText.named("raise-notice");

  private final Ledger ledger;
  private final Clock clock;

  public Notices(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Puts one in force; the same again changes nothing, another detail takes its place. */
  public void raise(String subject, String summary, String detail) {
    long now = clock.millis();
    int changed =
        ledger.write(
            jdbc ->
                jdbc.sql(RAISE)
                    .param("subject", subject)
                    .param("summary", summary)
                    .param("detail", detail)
                    .param("now", now)
                    .update());
    if (changed > 0) {
      LOG.warn("{}", detail);
    }
  }

  /** Ends the one about a subject, if there is one. */
  public void settle(String subject) {
    int ended =
        ledger.write(
            jdbc -> jdbc.sql("delete from notice where subject = ?").param(subject).update());
    if (ended > 0) {
      LOG.info("Mended: {}", subject);
    }
  }

  /** All in force, the oldest first. */
  public List<Notice> all() {
    return ledger
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
  }
}
