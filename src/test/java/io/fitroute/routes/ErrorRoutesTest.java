package io.fitroute.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.delivery.SinkDown;
import io.fitroute.export.ExportMustWait;
import io.fitroute.export.NotExportedYet;
import io.fitroute.export.NothingToExport;
import io.fitroute.export.UnusableExport;
import io.fitroute.history.History;
import io.fitroute.http.ErrorMessages;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.EventLog;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.inbox.camel.InboxComponent;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.runtime.TestBed;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.WantedSportTypes;
import io.fitroute.strava.api.ApplicationInactive;
import io.fitroute.strava.api.EmptyResponse;
import io.fitroute.strava.api.MustReconnect;
import io.fitroute.strava.api.NotAvailable;
import io.fitroute.strava.api.PermanentRefusal;
import io.fitroute.strava.api.RateLimitExceeded;
import io.fitroute.strava.oauth.AthleteNotKnownYet;
import io.fitroute.strava.oauth.TokenRefreshInProgress;
import io.fitroute.strava.oauth.UnknownAthlete;
import io.fitroute.system.SystemServices;
import io.fitroute.vault.UnreadableSecret;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The outcome of an event for each exception in {@code errors.camel.yaml}. */
class ErrorRoutesTest {

  private static final Duration UNTIL = Duration.ofHours(7);

  @TempDir static Path folder;
  private static final Clock CLOCK = Clock.systemUTC();
  private static Ledger ledger;
  private static Inbox inbox;
  private static DefaultCamelContext context;

  /**
   * The state of an event after one attempt.
   *
   * @param delay the time until the next attempt, from the backoff schedule or the exception; empty
   *     if there is none
   */
  private record Standing(String state, int failures, int notReady, Optional<Duration> delay) {

    static Standing afterNotReady() {
      return new Standing("pending", 0, 1, Optional.of(Duration.ofSeconds(15)));
    }

    static Standing failed(Duration wait) {
      return new Standing("pending", 1, 0, Optional.of(wait));
    }

    static Standing waits(Duration wait) {
      return new Standing("pending", 0, 0, Optional.of(wait));
    }

    static Standing ended(String state) {
      return new Standing(state, 0, 0, Optional.empty());
    }
  }

  static Stream<Arguments> expectations() {
    Map<Class<? extends Exception>, Standing> expected =
        Map.ofEntries(
            Map.entry(NotAvailable.class, Standing.afterNotReady()),
            Map.entry(EmptyResponse.class, Standing.afterNotReady()),
            Map.entry(NotExportedYet.class, Standing.afterNotReady()),
            Map.entry(UnknownAthlete.class, Standing.ended("skipped")),
            Map.entry(NothingToExport.class, Standing.ended("skipped")),
            Map.entry(UnusableExport.class, Standing.ended("dead")),
            Map.entry(PermanentRefusal.class, Standing.ended("dead")),
            Map.entry(SinkDown.class, Standing.failed(Duration.ofMinutes(1))),
            Map.entry(RateLimitExceeded.class, Standing.waits(UNTIL)),
            Map.entry(ExportMustWait.class, Standing.waits(UNTIL)),
            Map.entry(AthleteNotKnownYet.class, Standing.waits(Duration.ofSeconds(5))),
            Map.entry(TokenRefreshInProgress.class, Standing.waits(Duration.ofSeconds(2))),
            Map.entry(MustReconnect.class, Standing.waits(Duration.ofHours(1))),
            Map.entry(ApplicationInactive.class, Standing.waits(Duration.ofHours(1))),
            Map.entry(UnreadableSecret.class, Standing.waits(Duration.ofHours(1))),
            Map.entry(IllegalStateException.class, Standing.failed(Duration.ofSeconds(10))));
    return expected.entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @BeforeAll
  static void start() throws Exception {
    Map<String, Class<?>> exceptions =
        expectations()
            .map(arguments -> (Class<?>) arguments.get()[0])
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "");
    inbox = new Inbox(ledger, SystemServices.with(CLOCK));
    context = new DefaultCamelContext();
    InboxComponent component = new InboxComponent();
    component.setInbox(inbox);
    component.setEventLog(new EventLog(ledger, CLOCK));
    context.addComponent("inbox", component);
    context.getRegistry().bind("errorMessages", new ErrorMessages());
    Activities activities =
        new Activities(ledger, new WantedSportTypes(List.of("*")), false, false, CLOCK);
    context
        .getRegistry()
        .bind("history", new History(ledger, activities, Announcements.none(), CLOCK));
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveResource(
                context, "file:" + TestBed.home().resolve("routes/errors.camel.yaml")));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("inbox:work")
                .routeConfigurationId("work")
                .process(
                    exchange -> {
                      Event event = exchange.getVariable("event", Event.class);
                      throw instance(exceptions.get(event.objectId()));
                    });
          }
        });
    context.start();
  }

  @AfterAll
  static void stop() throws Exception {
    context.close();
    ledger.close();
  }

  private static Exception instance(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(
                one -> one.getParameterCount() > 0 || type.getDeclaredConstructors().length == 1)
            .filter(
                one ->
                    Arrays.stream(one.getParameterTypes())
                        .allMatch(of -> of == String.class || of == Instant.class))
            .findFirst()
            .orElseThrow();
    constructor.setAccessible(true);
    Object[] arguments =
        Arrays.stream(constructor.getParameterTypes())
            .map(of -> of == Instant.class ? CLOCK.instant().plus(UNTIL) : "for the test")
            .toArray();
    return (Exception) constructor.newInstance(arguments);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expectations")
  void anEventStandsAsItOughtToAfterwards(Class<?> exception, Standing expected) {
    Instant before = CLOCK.instant();
    inbox
        .accept(
            NewEvent.request(
                "test", Priority.LIVE, "activity", exception.getSimpleName(), "ann", before))
        .join();

    Standing standing =
        await()
            .until(() -> standing(exception.getSimpleName(), before), Optional::isPresent)
            .orElseThrow();

    assertThat(standing).usingRecursiveComparison().ignoringFields("delay").isEqualTo(expected);
    assertThat(standing.delay().isPresent()).isEqualTo(expected.delay().isPresent());
    expected
        .delay()
        .ifPresent(
            wait ->
                assertThat(standing.delay().orElseThrow())
                    .isBetween(wait.multipliedBy(9).dividedBy(10), wait.plusMinutes(1)));
  }

  /** Empty until the first attempt has ended. */
  private static Optional<Standing> standing(String object, Instant before) {
    return ledger
        .read()
        .sql("select * from event where object_id = ? and reason is not null")
        .param(object)
        .query(
            (row, number) ->
                new Standing(
                    row.getString("state"),
                    row.getInt("failures"),
                    row.getInt("not_ready"),
                    Optional.ofNullable(row.getObject("due_at"))
                        .map(due -> Instant.ofEpochMilli(((Number) due).longValue()))
                        .map(due -> Duration.between(before, due))))
        .optional();
  }
}
