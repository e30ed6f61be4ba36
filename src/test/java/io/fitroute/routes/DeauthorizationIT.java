package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.EventState;
import io.fitroute.simulator.WebhookEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An athlete withdraws the permission. */
class DeauthorizationIT {

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void start() {
    pipeline = Pipeline.withTokens(folder);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private EventRecord endOfDeauthorization() {
    pipeline.strava().deliver(WebhookEvent.deauthorized(ANN, Pipeline.eventTime()));
    return pipeline.end(ANN);
  }

  private boolean isConnected() {
    return pipeline.bed().service().athletes().find(Long.toString(ANN)).isPresent();
  }

  @Test
  void isNotBelievedWhereStravaMayRefuseTheTokensBecauseTheirRenewalWasCutOff() {
    pipeline.strava().revoke(ANN);
    aRenewalIsCutOff();

    EventRecord end = endOfDeauthorization();

    assertThat(isConnected()).isTrue();
    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).startsWith("not confirmed: a crash interrupted the refresh");
  }

  /** Leaves the state of a service that died during a token refresh. */
  private void aRenewalIsCutOff() {
    pipeline
        .bed()
        .service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql(
                        "insert into token_refresh_lock (athlete_id, holder, until_time) values (?, ?, ?)")
                    .params(Long.toString(ANN), "somebody who died", 1)
                    .update());
  }

  @Test
  void isActedUponAtOnceThoughTheAthleteIsPaused() {
    pipeline.bed().service().athletes().pause(Long.toString(ANN), true);
    pipeline.strava().revoke(ANN);

    EventRecord end = endOfDeauthorization();

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(isConnected()).isFalse();
  }
}
