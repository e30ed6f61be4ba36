package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding the athlete of configured tokens. */
class TokenSeedsIT {

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void prepare() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().setForCamel("adopt-tokens.period", "50ms");
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private long athleteRequests() {
    return pipeline.strava().count("GET", "/api/v3/athlete");
  }

  private long refreshes() {
    return pipeline.strava().count("POST", "/oauth/token");
  }

  private void startWithoutWaiting() {
    pipeline.bed().start();
    pipeline.bed().subscribe();
  }

  private String health() throws Exception {
    return pipeline.bed().get("/health").body();
  }

  private long run() {
    return pipeline.upload(SimulatedActivity.run(ANN)).id();
  }

  @Test
  void theAthleteIsLearntOnce() {
    pipeline.bed().connect();
    pipeline.start();
    pipeline.restart();

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);

    assertThat(athleteRequests()).isOne();
    assertThat(refreshes()).isZero();
  }

  @Test
  void aRefreshTokenAloneIsEnough() {
    pipeline.set("strava.refresh-token", pipeline.strava().connect(ANN).refreshToken());
    pipeline.start();

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);
    assertThat(refreshes()).isOne();
  }

  @Test
  void anAccessTokenThatHasEndedIsRenewedFirst() {
    pipeline.bed().connect();
    pipeline.strava().expireAccessToken(ANN);
    pipeline.start();

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);
    assertThat(refreshes()).isOne();
  }

  @Test
  void anAccessTokenAloneWorksUntilItEnds() {
    pipeline.set("strava.access-token", pipeline.strava().connect(ANN).accessToken());
    pipeline.start();
    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);

    pipeline.strava().expireAccessToken(ANN);
    EventRecord waiting = pipeline.waiting(run());

    assertThat(waiting.reason())
        .isEqualTo(
            "athlete "
                + ANN
                + " must reconnect: the access token has expired and there is no refresh token");
    assertThat(refreshes()).isZero();
  }

  @Test
  void anEventThatComesBeforeTheAthleteIsKnownIsNotLost() {
    pipeline.bed().connect();
    pipeline.strava().arm("/api/v3/athlete", Fault.status(503));
    startWithoutWaiting();
    long run = run();

    EventRecord waiting = pipeline.waiting(run);
    pipeline.strava().disarmFaults();

    assertThat(waiting.reason())
        .isEqualTo(
            "athlete "
                + ANN
                + " is not connected, and the owner of the configured tokens is not known yet");
    assertThat(waiting.failures()).isZero();
    assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE);
    assertThat(pipeline.detailsRequests(run)).isOne();
  }

  @Test
  void givenTokensThatAreRefusedAreNotTriedOverAndOver() throws Exception {
    pipeline.bed().connect();
    pipeline.strava().revoke(ANN);
    startWithoutWaiting();
    await().until(() -> health().contains("unusable"));

    EventRecord waiting = pipeline.waiting(run());

    assertThat(waiting.reason())
        .isEqualTo(
            "athlete " + ANN + " must reconnect: the configured refresh token is no longer valid");
    assertThat(waiting.failures()).isZero();
    assertThat(refreshes()).isOne();
    assertThat(health())
        .contains(
            "the configured tokens are unusable, the configured refresh token is no longer"
                + " valid; set new ones");
  }

  @Test
  void otherTokensHelpWhereTheFirstWereRefused() throws Exception {
    pipeline.bed().connect();
    pipeline.strava().revoke(ANN);
    startWithoutWaiting();
    await().until(() -> health().contains("unusable"));
    long run = run();
    pipeline.waiting(run);
    pipeline.bed().stop();

    pipeline.bed().connect();
    pipeline.start();

    assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE);
    pipeline.strava().addAthlete(5, "Eve", "Example");
    SimulatedActivity stranger = pipeline.strava().uploadSilently(SimulatedActivity.run(5).build());
    pipeline
        .strava()
        .deliver(
            io.fitroute.simulator.WebhookEvent.created(stranger.id(), 5, Pipeline.eventTime()));
    assertThat(pipeline.end(stranger.id()).reason()).isEqualTo("athlete 5 is not connected");
  }

  @Test
  void newGivenTokensOfAKnownAthleteReplaceTheOldOnes() {
    pipeline.bed().connect();
    pipeline.start();
    pipeline.endTokens();
    long run = run();
    pipeline.waiting(run);
    pipeline.bed().stop();

    pipeline.strava().disarmFaults();
    pipeline.bed().connect();
    pipeline.bed().start();
    pipeline.bed().subscribe();

    assertThat(pipeline.end(run).state()).isEqualTo(EventState.DONE);
    await()
        .until(
            () ->
                pipeline
                    .bed()
                    .service()
                    .athletes()
                    .find(Long.toString(ANN))
                    .orElseThrow()
                    .mustReconnect()
                    .isEmpty());
  }
}
