package io.fitroute.simulator;

import static io.fitroute.simulator.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FakeStravaTest {

  @Test
  void aPortInUseIsSaid() {
    try (FakeStrava strava = FakeStrava.start()) {
      FakeStravaOptions same = FakeStravaOptions.builder().port(strava.webUrl().getPort()).build();
      assertThatIllegalStateException()
          .isThrownBy(() -> FakeStrava.start(same))
          .withMessageContaining("127.0.0.1:" + strava.webUrl().getPort());
    }
  }

  @Test
  void listensOnThePortThatItIsGiven() throws IOException {
    int port;
    try (FakeStrava strava = FakeStrava.start()) {
      port = strava.webUrl().getPort();
    }
    try (FakeStrava again = FakeStrava.start(FakeStravaOptions.builder().port(port).build())) {
      assertThat(again.webUrl().getPort()).isEqualTo(port);
      assertThat(new Browser(again.webUrl()).get("/login").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void answersNoMoreOnceItIsClosed() {
    FakeStrava strava = FakeStrava.start();
    strava.close();
    strava.close();
    Browser browser = new Browser(strava.webUrl());
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> browser.get("/login"));
  }

  @Test
  void severalStartAtOnceAndKnowNothingOfEachOther() throws IOException {
    List<CompletableFuture<FakeStrava>> starting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starting.add(CompletableFuture.supplyAsync(FakeStrava::start));
    }
    List<FakeStrava> started = starting.stream().map(CompletableFuture::join).toList();
    for (int i = 0; i < 4; i++) {
      FakeStrava strava = started.get(i);
      strava.addAthlete(i + 1, "Ann", "Example");
      String token = strava.connect(i + 1).accessToken();
      assertThat(json(new Browser(strava.webUrl()).bearer("/api/v3/athlete", token)).path("id"))
          .hasToString(Integer.toString(i + 1));
    }
    started.forEach(FakeStrava::close);
  }

  @Test
  void urlsAreThoseOfTheSettings() {
    try (FakeStrava strava = FakeStrava.start()) {
      String base = "http://127.0.0.1:" + strava.webUrl().getPort();
      assertThat(strava.webUrl()).hasToString(base);
      assertThat(strava.apiUrl()).hasToString(base + "/api/v3");
      assertThat(strava.oauthUrl()).hasToString(base + "/oauth");
    }
  }

  @Test
  void saysWhatIsWrongWithItsInput() {
    try (FakeStrava strava = FakeStrava.start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> strava.connect(7))
          .withMessageContaining("no athlete 7");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> strava.update(1, change -> change))
          .withMessageContaining("no activity 1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakeStravaOptions.builder().deliveryAttempts(0).build())
        .withMessage("delivery attempts is 0, allowed is 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatedActivity.run(7).distance(-1).build())
        .withMessageContaining("distance is -1.0");
  }
}
