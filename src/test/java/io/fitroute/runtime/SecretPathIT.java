package io.fitroute.runtime;

import static io.fitroute.runtime.HttpAnswers.assertJson;
import static io.fitroute.runtime.HttpAnswers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret segment in the path of the webhook stays secret. */
class SecretPathIT {

  private static final String SECRET = "s3cr3t-s3gm3nt";
  private static final String PATH = "/hooks/" + SECRET;

  @TempDir Path folder;

  @Test
  void aSecretInThePathOfTheWebhookIsNeverShown() throws Exception {
    try (LogLines log = new LogLines();
        TestBed bed = TestBed.prepare(folder).set("webhook.path", PATH).start()) {
      assertJson(
          bed.get(PATH + "?hub.mode=subscribe&hub.challenge=C&hub.verify_token=word-of-the-test"),
          200,
          "{\"hub.challenge\":\"C\"}");
      assertProblem(bed.get(PATH + "?hub.verify_token=wrong"), 403);
      assertProblem(bed.send(post(bed, "[]")), 400);
      assertJson(bed.send(post(bed, WebhookBodies.created(1))), 200, "{\"status\":\"received\"}");
      assertProblem(bed.get("/webhook"), 404);
      assertProblem(bed.get("/hooks"), 404);

      assertThat(bed.get("/").body()).contains("/hooks/...").doesNotContain(SECRET);
      assertThat(bed.get("/health").body()).doesNotContain(SECRET);
      assertThat(bed.getFromAdmin("/observe/metrics").body()).doesNotContain(SECRET);
      assertThat(bed.getFromAdmin("/observe/health").body()).doesNotContain(SECRET);
      assertThat(log.all()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    }
  }

  private static HttpRequest.Builder post(TestBed bed, String body) {
    return HttpRequest.newBuilder(bed.url(PATH))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }
}
