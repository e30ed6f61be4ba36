package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.simulator.FakeHevy;
import io.fitroute.simulator.SimulatedWorkout;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The responses of Hevy's webhook. */
class HevyWebhookIT {

  private static final String ID = "0b6f2c1e-7a44-4d0e-9a8e-1d2f3a4b5c6d";

  @TempDir Path folder;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void bothFormsOfThePayloadAreOnDiskOnceTheyAreAcknowledged() throws Exception {
    try (HevyBed bed = HevyBed.ready(folder)) {
      String other = "0b6f2c1e-7a44-4d0e-9a8e-1d2f3a4b5c6e";

      HttpResponse<String> documented = bed.post(HevyBed.TOKEN, FakeHevy.payload(ID, false));
      HttpResponse<String> seen = bed.post(HevyBed.TOKEN, FakeHevy.payload(other, true));

      assertThat(List.of(documented.statusCode(), seen.statusCode())).containsOnly(200);
      assertThat(documented.body()).isEqualTo("{\"status\":\"received\"}");
      assertThat(documented.headers().map()).doesNotContainKeys("Authorization", "api-key");
      assertThat(bed.events(ID)).hasSize(1);
      assertThat(bed.events(other)).hasSize(1);
    }
  }

  @Test
  void theTokenIsAskedForWithOrWithoutBearer() throws Exception {
    try (HevyBed bed = HevyBed.ready(folder)) {
      assertThat(bed.post("Bearer " + HevyBed.TOKEN, FakeHevy.payload(ID, true)).statusCode())
          .isEqualTo(200);
      for (String wrong : List.of("", "wrong", HevyBed.TOKEN + "x", bed.hevy().apiKey())) {
        HttpResponse<String> answer = bed.post(wrong, FakeHevy.payload(ID, true));

        assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
        assertThat(answer.body()).contains("hevy.webhook-token").doesNotContain(HevyBed.TOKEN);
      }
      assertThat(bed.events(ID)).hasSize(1);
    }
  }

  @Test
  void theApiKeyStandsInForTheToken() throws Exception {
    try (HevyBed bed = HevyBed.prepare(folder).set("hevy.webhook-token", "").start()) {
      assertThat(bed.post(bed.hevy().apiKey(), FakeHevy.payload(ID, true)).statusCode())
          .isEqualTo(200);
      assertThat(bed.post(HevyBed.TOKEN, FakeHevy.payload(ID, true)).statusCode()).isEqualTo(401);
      assertThat(bed.bed().get("/health").body()).contains("HEVY_WEBHOOK_TOKEN");
    }
  }

  @Test
  void withoutAnyTokenNobodyCanPost() throws Exception {
    try (HevyBed bed =
        HevyBed.prepare(folder).set("hevy.webhook-token", "").set("hevy.api-key", "").start()) {
      HttpResponse<String> answer = bed.post("", FakeHevy.payload(ID, true));

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json.readTree(answer.body()).path("detail").asText())
          .contains("hevy.webhook-token", "hevy.api-key");
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    try (HevyBed bed = HevyBed.ready(folder)) {
      for (String body :
          List.of(
              "",
              "[]",
              "nonsense",
              "{}",
              "{\"id\":\"" + ID + "\"}",
              "{\"workoutId\":7}",
              "{\"workoutId\":null}",
              "{\"workoutId\":\"../../v1/user\"}",
              "{\"payload\":{\"workoutId\":\"\"}}")) {
        HttpResponse<String> answer = bed.post(HevyBed.TOKEN, body);

        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(json.readTree(answer.body()).path("detail").asText())
            .as(body)
            .contains("workoutId");
      }
      assertThat(bed.post(HevyBed.TOKEN, "x".repeat(40_000)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void jsonIsReadWhateverItIsCalledAndFormsAreNot() throws Exception {
    try (HevyBed bed = HevyBed.ready(folder)) {
      assertThat(send(bed, "text/plain;charset=UTF-8", FakeHevy.payload(ID, true))).isEqualTo(200);
      assertThat(send(bed, "", FakeHevy.payload(ID, true))).isEqualTo(415);
      assertThat(send(bed, "application/x-www-form-urlencoded", "workoutId=" + ID)).isEqualTo(415);
      assertThat(Path.of("file-uploads")).doesNotExist();
    }
  }

  private static int send(HevyBed bed, String type, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bed.bed().url("/hevy"))
            .header("Authorization", HevyBed.TOKEN)
            .POST(BodyPublishers.ofString(body));
    return bed.bed()
        .send(type.isEmpty() ? request : request.header("Content-Type", type))
        .statusCode();
  }

  @Test
  void thePathCanBeAnother() throws Exception {
    try (HevyBed bed = HevyBed.prepare(folder).set("hevy.webhook-path", "/gym/secret").start()) {
      bed.hevy().subscribe(bed.bed().url("/gym/secret").toString(), HevyBed.TOKEN);
      SimulatedWorkout push = SimulatedWorkout.push(Instant.parse("2026-11-20T17:05:00Z"));

      assertThat(bed.hevy().log(push).join()).isEqualTo(200);
      bed.activity(push.id(), activity -> true);
    }
  }
}
