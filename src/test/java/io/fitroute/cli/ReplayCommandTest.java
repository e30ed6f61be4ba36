package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.RetryPolicy.Next;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Putting events back by hand, and the message if not all could be. */
class ReplayCommandTest {

  private static final Duration LEASE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private Run run(String... arguments) {
    return Run.of(Run.environment(Map.of(), folder), arguments);
  }

  private long ended(String activity, EventState state) {
    try (Ledger ledger = ledger()) {
      Inbox inbox = new Inbox(ledger, SystemServices.ofJdk());
      inbox
          .accept(
              NewEvent.request(
                  "test", Priority.LIVE, "activity", activity, "1", Clock.systemUTC().instant()))
          .join();
      Event event = inbox.leases().claim(1, LEASE).get(0);
      assertThat(inbox.outcomes().record(event, new Next.End(state, "as it came"))).isTrue();
      return event.id();
    }
  }

  private String state(long event) {
    try (Ledger ledger = ledger()) {
      return ledger
          .read()
          .sql("select state from event where id = ?")
          .param(event)
          .query(String.class)
          .single();
    }
  }

  private Ledger ledger() {
    return Ledger.open("jdbc:sqlite:" + folder.resolve("data/fitroute.db"), "", "");
  }

  @Test
  void whatIsDeadIsPutBack() {
    long dead = ended("1", EventState.DEAD);

    Run run = run("replay", Long.toString(dead));

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).isEqualTo("1 of 1 events retried" + System.lineSeparator());
    assertThat(state(dead)).isEqualTo("pending");
  }

  @Test
  void whereNotEverythingIsPutBackItFailsAndSaysWhy() throws Exception {
    long dead = ended("1", EventState.DEAD);
    long done = ended("2", EventState.DONE);
    long skipped = ended("3", EventState.SKIPPED);

    Run run = run("replay", "" + dead, "" + done, "" + skipped, "987654321", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(new ObjectMapper().readTree(run.out()).path("replayed").intValue()).isOne();
    assertThat(state(dead)).isEqualTo("pending");
    assertThat(state(done)).as("what is done").isEqualTo("done");
    assertThat(state(skipped)).isEqualTo("skipped");
    assertThat(run("replay", "" + done).out())
        .startsWith("0 of 1 events retried; the others are done or skipped");
  }

  @Test
  void whereNothingWasEverAcceptedItFails() {
    assertThat(run("replay", "17").exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void allThatAreDeadAreNoneWhereNothingIs() {
    ended("1", EventState.DONE);

    Run run = run("replay", "--dead");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).startsWith("0 of 0 events retried");
  }
}
