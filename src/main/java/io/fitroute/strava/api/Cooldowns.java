package io.fitroute.strava.api;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps in the ledger what must not be tried before a time, so that it survives a restart. */
public final class Cooldowns {

  private static final String SET = SqlText.named("set-pause");

  private final Ledger ledger;
  private final Clock clock;

  public Cooldowns(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A current pause.
   *
   * @param until when it ends
   * @param reason why it was set
   */
  public record Pause(Instant until, String reason) {}

  /** The current pause of a subject; empty if there is none. */
  public Optional<Pause> of(String subject) {
    return of(subject, ledger.read());
  }

  /** As {@link #of(String)}, within a transaction. */
  Optional<Pause> of(String subject, JdbcClient jdbc) {
    return jdbc.sql("select until_time, reason from pause where subject = ? and until_time > ?")
        .params(subject, clock.millis())
        .query(
            (row, number) ->
                new Pause(Instant.ofEpochMilli(row.getLong("until_time")), row.getString("reason")))
        .optional();
  }

  /** Starts or extends a pause. */
  public void set(String subject, Instant until, String reason) {
    ledger.write(jdbc -> jdbc.sql(SET).params(subject, until.toEpochMilli(), reason).update());
  }
}
