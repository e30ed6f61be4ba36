package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.export.ExportFolder;
import io.fitroute.export.ExportRefused;
import io.fitroute.export.ExportRefused.Kind;
import io.fitroute.export.ExportedFile;
import io.fitroute.export.Exports;
import io.fitroute.fit.FitCheck;
import io.fitroute.fit.FitReport;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.Priority;
import io.fitroute.ledger.Ledger;
import io.fitroute.notice.Announcements;
import io.fitroute.notice.Notices;
import io.fitroute.strava.api.ApiResponses;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.api.Cooldowns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The outcomes for an activity whose file is made of its streams. */
class StreamsExportTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();
  private static final String STREAMS = "{\"time\":{\"data\":[0,1,2]}}";

  @TempDir Path folder;

  private Exchange exchange(ObjectNode details) {
    NewEvent told =
        new NewEvent(
            "strava",
            Priority.LIVE,
            1,
            "activity",
            "123",
            "create",
            "4455667",
            Samples.START,
            new TreeMap<>());
    Exchange exchange = new DefaultExchange(CAMEL);
    exchange.setVariable("event", new Event(1, told, Samples.START, 0, 0, false, "lease"));
    exchange.setVariable("activity", Samples.activity(details));
    return exchange;
  }

  private void write(Exchange exchange) throws Exception {
    new StreamsExport(
            new FitFromStreams(1.07), new FitCheck(), new ExportFolder(folder, List.of("streams")))
        .write(exchange);
  }

  private ExportRefused refusal(Exchange exchange) {
    return catchThrowableOfType(ExportRefused.class, () -> write(exchange));
  }

  private static FitReport report(Exchange exchange) throws Exception {
    ExportedFile file = exchange.getVariable(Exports.EXPORT, ExportedFile.class);
    assertThat(file).isEqualTo(ExportedFile.measured(file.path(), "streams"));
    return new FitCheck().check(file.path());
  }

  @Test
  void streamsBecomeAFile() throws Exception {
    Exchange exchange = exchange(Samples.details());
    exchange.setVariable("streams", Samples.read(STREAMS));
    exchange.setVariable("fresh", true);

    write(exchange);

    assertThat(report(exchange).records()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAManualEntryADurationIsEnough(boolean fresh) throws Exception {
    Exchange exchange = exchange(Samples.details().put("elapsed_time", 60).put("manual", true));
    exchange.setVariable("fresh", fresh);

    write(exchange);

    assertThat(report(exchange).records()).isZero();
    assertThat(report(exchange).elapsedTime()).hasValue(60);
  }

  @Test
  void streamsOfAFreshActivityMayStillCome() {
    Exchange exchange = exchange(Samples.details().put("elapsed_time", 60));
    exchange.setVariable("fresh", true);

    assertThat(refusal(exchange).kind()).isEqualTo(Kind.NOT_READY);
  }

  @Test
  void ofNothingNoFileIsMade() throws Exception {
    for (boolean manual : new boolean[] {true, false}) {
      Exchange exchange = exchange(Samples.details().put("manual", manual));
      exchange.setVariable("streams", Samples.read("{\"distance\":{\"data\":[0,3]}}"));

      assertThat(refusal(exchange).kind()).isEqualTo(Kind.NOTHING);
      assertThat(exchange.getVariable(Exports.EXPORT)).isNull();
    }
  }

  @Test
  void timesBeyondFitAreOfNoUse() throws Exception {
    Exchange exchange = exchange(Samples.details().put("start_date", "1970-01-01T00:00:00Z"));
    exchange.setVariable("streams", Samples.read(STREAMS));

    assertThat(refusal(exchange))
        .hasMessageStartingWith("no FIT file can be created from its streams: ")
        .extracting(ExportRefused::kind)
        .isEqualTo(Kind.UNUSABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | oops                              | PASSING  | no streams: Strava answered 500
          200 | {"time":{"data":[0,1              | PASSING  | Strava's streams cannot be read: Unexpected end-of-input
          200 | <html>                            | PASSING  | Strava's streams cannot be read: Unexpected character
          200 | {"time":{"data":[[1,2]]}}         | UNUSABLE | Strava's streams are unusable: the stream time holds pairs of numbers
          """)
  void anAnswerThatIsOfNoUseSaysWhetherToAskAgain(
      int status, String body, Kind kind, String reason) {
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      StreamResponses answers = answers(ledger);

      ExportRefused refusal =
          catchThrowableOfType(
              ExportRefused.class,
              () -> answers.read(status, body.getBytes(StandardCharsets.UTF_8), "1", null));

      assertThat(refusal.kind()).isEqualTo(kind);
      assertThat(refusal).hasMessageStartingWith(reason);
    }
  }

  @Test
  void thatThereAreNoStreamsStravaSaysIn404() {
    try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), "", "")) {
      assertThat(answers(ledger).read(404, new byte[0], "1", null)).isSameAs(StreamSet.NONE);
      assertThat(
              answers(ledger).read(200, STREAMS.getBytes(StandardCharsets.UTF_8), "1", null).size())
          .isEqualTo(3);
    }
  }

  private static StreamResponses answers(Ledger ledger) {
    Clock clock = Clock.systemUTC();
    return new StreamResponses(
        new ApiResponses(
            new Budget(ledger, new Cooldowns(ledger, clock), 20, clock),
            new Athletes(ledger, clock),
            new Notices(ledger, Announcements.none(), clock)));
  }
}
