package io.fitroute.inbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventLog;
import io.fitroute.inbox.EventState;
import io.fitroute.inbox.Events;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.camel.InboxComponent;
import io.fitroute.ledger.Database;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An event that takes longer than a lease stays with its worker. */
@ParameterizedClass
@MethodSource("io.fitroute.ledger.Database#all")
class LeaseWatchTest {

  private static final Duration LEASE = Duration.ofSeconds(3);

  @Parameter private Database database;
  @TempDir Path folder;

  @Test
  void aLeaseIsRenewedBeforeItRunsOutForAsLongAsTheWorkGoesOn() throws Exception {
    Clock clock = Clock.systemUTC();
    CountDownLatch end = new CountDownLatch(1);
    try (Ledger ledger = Ledger.open(database.url(folder), "", "");
        DefaultCamelContext context = new DefaultCamelContext()) {
      Inbox inbox = new Inbox(ledger, SystemServices.with(clock));
      InboxComponent component = new InboxComponent();
      component.setInbox(inbox);
      component.setEventLog(new EventLog(ledger, clock));
      context.addComponent("inbox", component);
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("inbox:work?workers=1&lease=" + LEASE.toMillis())
                  .process(exchange -> end.await())
                  .to("inbox:done?reason=done");
            }
          });
      context.start();
      inbox.accept(Events.of("1")).join();
      await().until(() -> isLeased(ledger));

      Instant first = runsOut(inbox);
      Instant second = renewed(inbox, first);
      Instant third = renewed(inbox, second);

      assertThat(second.minus(LEASE)).as("the first renewal").isBefore(first);
      assertThat(third.minus(LEASE)).as("the second renewal").isBefore(second);
      end.countDown();
      await().until(() -> inbox.count(EventState.DONE) == 1);
    }
  }

  private static boolean isLeased(Ledger ledger) {
    return ledger
            .read()
            .sql("select count(*) from event where lease is not null")
            .query(Integer.class)
            .single()
        == 1;
  }

  private static Instant runsOut(Inbox inbox) {
    return inbox.leases().nextDue().orElseThrow();
  }

  private static Instant renewed(Inbox inbox, Instant before) {
    return await()
        .alias("the lease that runs out at " + before + " is renewed")
        .atMost(LEASE.multipliedBy(2))
        .until(() -> runsOut(inbox), now -> now.isAfter(before));
  }
}
