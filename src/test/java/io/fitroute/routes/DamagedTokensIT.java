package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.EventState;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.SimulatedActivity;
import io.fitroute.strava.oauth.TokenGrant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in the ledger that cannot be decrypted; events wait because only a person can help. */
class DamagedTokensIT {

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void start() {
    pipeline = Pipeline.withSession(folder);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void eventsWaitForAPersonWithoutUsingUpTheirAttempts() {
    pipeline
        .bed()
        .service()
        .ledger()
        .write(jdbc -> jdbc.sql("update athlete set access_token = 'v1.damaged'").update());

    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));

    EventRecord waiting = pipeline.event(run.id(), 1, event -> !event.reason().isEmpty());
    assertThat(waiting.state()).isEqualTo(EventState.PENDING);
    assertThat(waiting.reason()).contains("is damaged", "run ./fitroute connect for a new one");
    assertThat(waiting.failures()).isZero();
    assertThat(waiting.due())
        .hasValueSatisfying(
            due -> assertThat(due).isAfter(Instant.now().plus(Duration.ofMinutes(30))));

    AthleteTokens tokens = pipeline.strava().connect(ANN);
    pipeline
        .bed()
        .service()
        .tokenStore()
        .connect(
            Long.toString(ANN),
            "Ann",
            new TokenGrant(
                tokens.accessToken(), tokens.refreshToken(), tokens.expiresAt(), Optional.empty()));
    pipeline.bed().service().inbox().outcomes().replay(List.of(waiting.id()));
    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
  }
}
