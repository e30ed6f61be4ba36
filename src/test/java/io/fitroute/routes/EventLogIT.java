package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The log of an event: steps in order, with its number, and no secret. */
class EventLogIT {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          String trace =
              event.getThrowableProxy() == null
                  ? ""
                  : ThrowableProxyUtil.asString(event.getThrowableProxy());
          lines.add(
              event.getMDCPropertyMap().getOrDefault("event", "")
                  + event.getFormattedMessage()
                  + trace);
        }
      };

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void listen() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
  }

  @AfterEach
  void stop() {
    pipeline.close();
    root.detachAppender(appender);
  }

  @Test
  void theStoryIsToldInOrderUnderTheNumberOfTheEvent() {
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN)).start();
    SimulatedActivity run = pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());
    pipeline
        .strava()
        .arm(
            FaultRule.on("/activities/" + run.id() + "/export_original", Fault.status(503))
                .onlyTimes(1));

    pipeline.create(run.id());
    EventRecord end = pipeline.end(run.id());
    pipeline.bed().stop();

    String number = "event " + end.id() + ": ";
    assertThat(lines)
        .filteredOn(line -> line.startsWith(number))
        .extracting(
            line -> line.substring(number.length()).replaceFirst("until [^ ]+:", "until T:"))
        .containsExactly(
            "processing create of activity " + run.id(),
            "Strava answered 200 to GET activities/" + run.id(),
            "Strava's web site answered 503 for the original",
            "waits until T: Strava's web site answered 503 for the original",
            "processing create of activity " + run.id(),
            "Strava's web site answered 200 for the original",
            "done: delivered from original: file:" + Pipeline.defaultPath(run));
  }

  @Test
  void noSecretIsEverLogged() {
    String cookie = pipeline.strava().sessionCookie(ANN);
    AthleteTokens first = pipeline.strava().tokensOf(ANN).orElseThrow();
    pipeline.strava().setCdnExport(true);
    pipeline.set("strava.session-cookie", cookie).start();
    pipeline.end(pipeline.upload(SimulatedActivity.run(ANN).name("Secret Garden")).id());
    pipeline.strava().expireAccessToken(ANN);
    pipeline.end(pipeline.upload(SimulatedActivity.run(ANN)).id());
    AthleteTokens second = pipeline.strava().tokensOf(ANN).orElseThrow();
    pipeline.strava().arm("/api/v3/activities/*", Fault.htmlPage());
    pipeline.end(pipeline.upload(SimulatedActivity.run(ANN)).id());
    pipeline.strava().disarmFaults();
    pipeline.strava().arm("/activities/*/export_original", new Fault.Drop());
    pipeline.end(pipeline.upload(SimulatedActivity.run(ANN)).id());
    pipeline.endTokens();
    pipeline.waiting(pipeline.upload(SimulatedActivity.run(ANN)).id());
    pipeline.bed().stop();

    assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
    assertThat(String.join("\n", lines))
        .doesNotContain(
            cookie,
            first.accessToken(),
            first.refreshToken(),
            second.accessToken(),
            second.refreshToken(),
            pipeline.strava().clientSecret(),
            TestBed.VERIFY_TOKEN,
            "signature=",
            "Secret Garden");
  }
}
