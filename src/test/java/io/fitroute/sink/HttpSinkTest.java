package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

class HttpSinkTest extends SinkContract {

  @Override
  String sink() {
    return "http";
  }

  @Override
  Storage start(Path root) throws IOException {
    return new RequestStorage.Web();
  }

  @Test
  void whatWasPutCanBeLookedAt() throws Exception {
    kamelets().deliver("http", file(70_000), "a b/ä#1.fit");

    assertThat(look("a b/ä#1.fit").getHeader("size")).isEqualTo(70_000L);
    assertThat(look("other.fit").getHeader("size")).isEqualTo(-1L);
    assertThat(look("other.fit").getHeaders()).doesNotContainKey("unknown");
  }

  private Message look(String path) throws Exception {
    return kamelets().send("http", "stat", "", Map.of("file", path));
  }

  @Test
  void whoIsNotLetInLearnsNothingOfWhatIsThere() throws Exception {
    Map<String, String> settings = new HashMap<>(storage().settings());
    settings.putAll(storage().wrongCredentials());
    try (Kamelets strangers = new Kamelets(folder(), settings)) {
      assertThat(reason(() -> strangers.send("http", "stat", "", Map.of("file", PATH))))
          .contains("401")
          .doesNotContain("wrong-word");
    }
  }

  @Test
  void whereAFileIsThatWasPostedOnlyTheServerKnows() throws Exception {
    Map<String, String> settings = new HashMap<>(storage().settings());
    settings.put("http.method", "POST");
    try (Kamelets posting = new Kamelets(folder(), settings)) {
      Message answer = posting.send("http", "stat", "", Map.of("file", PATH));

      assertThat(answer.getHeader("unknown", String.class)).contains("POST");
      assertThat(answer.getHeaders()).doesNotContainKey("size");
    }
    assertThat(storage().wire().sent()).isZero();
  }
}
