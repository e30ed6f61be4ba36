package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.CredentialKind;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requesting the original with the user's own browser session. */
class SessionCookieIT {

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void prepare() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("fit.exports", "original");
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private long run() {
    return pipeline.upload(SimulatedActivity.run(ANN)).id();
  }

  private List<CredentialKind> credentials() {
    return pipeline.strava().requests().stream()
        .filter(request -> request.path().endsWith("/export_original"))
        .map(RecordedRequest::credential)
        .toList();
  }

  @Test
  void aRememberedLoginIsShownAsItsTwoCookiesAndTheTokenIsNot() {
    pipeline.set("strava.session-cookie", pipeline.strava().rememberCookies(ANN)).start();

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);

    assertThat(credentials()).containsExactly(CredentialKind.COOKIE);
  }

  @Test
  void aSessionThatHasEndedIsTriedOnceEvenAcrossARestartAndANewOneAtOnce() {
    String ended = pipeline.strava().sessionCookie(ANN);
    pipeline.strava().expireSessions(ANN);
    pipeline.set("strava.session-cookie", ended).start();
    List<Long> runs = Stream.generate(this::run).limit(3).toList();
    assertThat(runs)
        .allSatisfy(
            run ->
                assertThat(pipeline.waiting(run).reason())
                    .startsWith("the session cookie cannot export originals: "));
    pipeline.restart();
    pipeline.waiting(run());
    assertThat(credentials()).containsExactly(CredentialKind.COOKIE);
    pipeline.bed().stop();

    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN)).start();

    assertThat(pipeline.end(run()).state()).isEqualTo(EventState.DONE);
    pipeline.request(runs.get(0));
    assertThat(pipeline.end(runs.get(0)).state()).isEqualTo(EventState.DONE);
    assertThat(
            pipeline
                .bed()
                .service()
                .ledger()
                .read()
                .sql("select subject from pause")
                .query(String.class)
                .list())
        .noneMatch(subject -> subject.contains(ended));
  }
}
