package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.ledger.Ledger;
import io.fitroute.sink.Operation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    return delivery("17", sink, "2026/11/17.fit", "ab");
  }

  private static Delivery delivery(String activity, String sink, String path, String sha256) {
    return new Delivery(activity, sink, path, "original", 1, sha256, Instant.EPOCH);
  }

  private static void deliver(Deliveries deliveries, String sink) {
    record(deliveries, delivery(sink), Optional.empty());
  }

  /** Records a delivery; returns the file that must then be withdrawn. */
  private static Optional<Delivery> record(
      Deliveries deliveries, Delivery delivery, Optional<Delivery> replaces) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    SinkAnswer.read(exchange);
    deliveries.record(
        exchange,
        new DeliveryIntent(Operation.PUT, delivery.path(), 1, delivery, replaces, true, 1),
        exchange.getVariable("answer", SinkAnswer.class));
    return Optional.ofNullable(exchange.getVariable("surplus", Delivery.class));
  }

  private List<String> unfinished() {
    return ledger
        .read()
        .sql("select path from delivery_intent where unfinished = 1")
        .query(String.class)
        .list();
  }

  @Test
  void theSecondFileOfAnActivityIsOneTooMany() {
    Delivery first = delivery("file");
    Delivery second = delivery("17", "file", "2026/11/17-2.fit", "cd");
    record(here, first, Optional.empty());

    assertThat(record(there, first, Optional.empty())).isEmpty();
    assertThat(record(there, second, Optional.empty()).map(Delivery::path)).contains(second.path());
    assertThat(here.of("17")).extracting(Delivery::path).containsExactly(first.path());
  }

  @Test
  void whatTakesThePlaceOfAFileIsRecordedAndTheOldPathKnownUntilItIsWithdrawn() {
    Delivery first = delivery("file");
    Delivery same = delivery("17", "file", first.path(), "cd");
    Delivery elsewhere = delivery("17", "file", "a.fit", "ef");
    record(here, first, Optional.empty());

    assertThat(record(here, same, Optional.of(first))).isEmpty();
    assertThat(here.of("17")).extracting(Delivery::sha256).containsExactly("cd");
    assertThat(record(here, elsewhere, Optional.of(same)).map(Delivery::path))
        .contains(first.path());
    assertThat(here.of("17")).extracting(Delivery::path).containsExactly("a.fit");
    assertThat(unfinished()).containsExactly(first.path());
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
