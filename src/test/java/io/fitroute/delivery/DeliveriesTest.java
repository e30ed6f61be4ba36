package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of deliveries in two processes that share a ledger. */
class DeliveriesTest {

  @TempDir Path folder;
  private Ledger ledger;
  private Deliveries here;
  private Deliveries there;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    here = deliveries();
    there = deliveries();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Deliveries deliveries() {
    return new Deliveries(ledger, List.of("file", "s3"), Clock.systemUTC(), List.of());
  }

  private static Delivery delivery(String sink) {
    return new Delivery("17", sink, "2026/11/17.fit", "original", 1, "ab", Instant.EPOCH);
  }

  private static void deliver(Deliveries deliveries, String sink) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    deliveries.record(exchange, new Placement(delivery(sink), 1), "2026/11/17.fit");
  }

  @Test
  void anActivityIsADuplicateOnceItIsWhereItIsToGo() {
    assertThat(here.contains("17@file")).isFalse();
    deliver(here, "file");

    assertThat(here.contains("17@file")).isTrue();
    assertThat(here.contains("17@file, s3")).isFalse();
    assertThat(here.contains("17")).isFalse();
    assertThat(here.contains("18@file")).isFalse();

    deliver(here, "s3");
    assertThat(here.contains("17@file,s3")).isTrue();
    assertThat(here.contains("17")).isTrue();
  }

  @Test
  void whatAnotherProcessRemovesIsNoDuplicateAnyMore() {
    deliver(here, "file");
    assertThat(here.contains("17@file")).isTrue();
    assertThat(there.contains("17@file")).isTrue();

    there.forget(delivery("file"));

    assertThat(here.contains("17@file")).isFalse();
  }

  @Test
  void whatAnotherProcessDeliversIsADuplicateAtOnce() {
    assertThat(here.contains("17@file")).isFalse();

    deliver(there, "file");

    assertThat(here.contains("17@file")).isTrue();
  }
}
