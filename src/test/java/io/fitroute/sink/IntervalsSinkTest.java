package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

class IntervalsSinkTest extends SinkContract {

  @Override
  String sink() {
    return "intervals";
  }

  @Override
  Storage start(Path root) throws IOException {
    return new RequestStorage.Intervals();
  }

  /** The path of the file at the sink. */
  @Override
  String place() {
    return "i1";
  }

  @Test
  void anActivityCanBeLookedFor() throws Exception {
    String id = kamelets().deliver("intervals", file(70_000), PATH);

    assertThat(look(id).getHeaders()).doesNotContainKeys("size", "unknown");
    assertThat(look("i99").getHeader("size")).isEqualTo(-1L);
    assertThat(look(PATH).getHeader("unknown", String.class)).contains("did not tell");
  }

  private Message look(String path) throws Exception {
    return kamelets().send("intervals", "stat", "", Map.of("file", path));
  }
}
