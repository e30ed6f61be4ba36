package io.fitroute.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fitroute.ManualClock;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Inbox;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.WantedSportTypes;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list is read to its end, whatever is added, deleted or moved meanwhile. */
class HistoryTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BEFORE = Pattern.compile("before=(\\d+)");
  private static final long START = Instant.parse("2026-11-20T07:00:00Z").getEpochSecond();

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock("2026-11-20T08:00:00Z");
  private final CamelContext camel = new DefaultCamelContext();
  private final TreeMap<Long, Long> starts = new TreeMap<>();
  private Ledger ledger;
  private History history;
  private boolean inclusive;
  private long hidden = -1;

  @BeforeEach
  void open() {
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    Activities activities =
        new Activities(ledger, new WantedSportTypes(List.of("Run")), false, true, clock);
    history = new History(ledger, activities, Announcements.none(), clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Event begin(long before) {
    Batch.Options options = new Batch.Options(0, before, List.of(), 0, 3, true, false);
    Batch.begin(ledger, "1", options, clock.instant());
    return new Inbox(ledger, SystemServices.with(clock))
        .leases()
        .claim(1, Duration.ofMinutes(1))
        .get(0);
  }

  /** Strava's response: newest first, three per page. */
  private ArrayNode answer(String resource) {
    Matcher before = BEFORE.matcher(resource);
    long end = before.find() ? Long.parseLong(before.group(1)) : Long.MAX_VALUE;
    ArrayNode page = JSON.createArrayNode();
    starts.entrySet().stream()
        .filter(one -> inclusive ? one.getValue() <= end : one.getValue() < end)
        .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(3)
        .filter(one -> one.getKey() != hidden)
        .forEach(
            one ->
                page.addObject()
                    .put("id", one.getKey())
                    .put("sport_type", "Run")
                    .put("start_date", Instant.ofEpochSecond(one.getValue()).toString()));
    return page;
  }

  private Exchange page(Event event) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setVariable("event", event);
    history.choose(exchange, event);
    ArrayNode answer = answer(exchange.getVariable("resource", String.class));
    exchange.getMessage().setBody(answer.isEmpty() ? null : answer);
    history.take(exchange, event);
    return exchange;
  }

  private void toTheEnd(Event event) {
    for (int pages = 0; history.goesOn(event); pages++) {
      assertThat(pages).isLessThan(30);
      page(event);
    }
  }

  private List<Long> taken() {
    return ledger
        .read()
        .sql("select object_id from event where object_type = 'activity' order by id")
        .query(Long.class)
        .list();
  }

  private Batch batch(Event event) {
    return Batch.find(ledger.read(), Long.parseLong(event.objectId())).orElseThrow();
  }

  private void runs(int count) {
    for (long i = 1; i <= count; i++) {
      starts.put(i, START - 3600 * i);
    }
  }

  @Test
  void theNewestComeFirstAndOnlyAnEmptyPageIsTheEnd() {
    runs(7);
    Event event = begin(0);

    toTheEnd(event);

    assertThat(taken()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(batch(event).listed()).isEqualTo(7);
    assertThat(batch(event).known()).isZero();
  }

  @Test
  void whatComesOrGoesMeanwhileMovesNothing() {
    runs(9);
    Event event = begin(0);
    page(event);
    starts.put(100L, START);
    starts.remove(2L);
    starts.remove(3L);
    page(event);
    starts.remove(1L);
    starts.put(101L, START + 60);

    toTheEnd(event);

    assertThat(taken()).contains(4L, 5L, 6L, 7L, 8L, 9L).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void severalInOneSecondAreAllTakenWhetherOrNotTheEndIsPartOfThePage(boolean itIs) {
    inclusive = itIs;
    runs(4);
    starts.put(10L, START - 3600 * 3);
    starts.put(11L, START - 3600 * 3);
    Event event = begin(0);

    toTheEnd(event);

    assertThat(taken()).hasSize(6).doesNotHaveDuplicates();
    assertThat(batch(event).listed()).isEqualTo(6);
  }

  @Test
  void aShortPageIsNotTheEnd() {
    runs(7);
    hidden = 2;
    Event event = begin(0);

    toTheEnd(event);

    assertThat(taken()).containsExactly(1L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void anEndInTheFutureIsNotSaid() {
    runs(1);
    Exchange exchange = new DefaultExchange(camel);
    Event event = begin(START + 99_999);

    history.choose(exchange, event);

    assertThat(exchange.getVariable("resource", String.class)).doesNotContain("before");
  }

  @Test
  void whatCannotBeAnActivityIsPassedOver() {
    runs(2);
    Event event = begin(0);
    Exchange exchange = new DefaultExchange(camel);
    ArrayNode page = answer("");
    page.addObject().put("id", 9).put("start_date", "yesterday");
    page.add(17);
    exchange.getMessage().setBody(page);

    history.take(exchange, event);

    assertThat(taken()).containsExactly(1L, 2L);
  }

  @Test
  void aPageThatIsTakenTwiceCountsOnce() {
    runs(3);
    Event event = begin(0);
    page(event);
    ledger.write(
        jdbc ->
            jdbc.sql("update batch set pages = 0, listed = 0, before_time = null, boundary = ''")
                .update());

    toTheEnd(event);

    assertThat(taken().stream().collect(Collectors.toSet())).hasSize(3);
  }
}
