package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.strava.oauth.AthleteConnector;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood of requests from one address does not affect others. */
class AddressLimitIT {

  @TempDir Path folder;

  @Test
  void oneAddressHasItsShareAndTheOthersHaveTheirs() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).set("webhook.address-limit", "3").start()) {
      for (int number = 1; number <= 3; number++) {
        assertThat(post(bed, number, "203.0.113.9").statusCode()).isEqualTo(200);
      }

      HttpResponse<String> refused = post(bed, 4, "198.51.100.1, 203.0.113.9");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("60");
      assertThat(refused.body()).contains("more than 3 requests within a minute");
      assertThat(post(bed, 5, "203.0.113.10").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void thisMachineItselfIsNotLimited() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).set("webhook.address-limit", "3").start()) {
      for (int number = 1; number <= 5; number++) {
        assertThat(bed.post(event(number)).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whoAsksTooOftenForTheConsentPageKeepsOutNobodyElse() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).start()) {
      int sentOn = 0;
      for (int number = 0; number < 1000; number++) {
        HttpResponse<String> answer = connect(bed, "203.0.113.9");
        assertThat(answer.statusCode()).isIn(302, 429);
        sentOn += answer.statusCode() == 302 ? 1 : 0;
      }

      assertThat(sentOn).isEqualTo(20);
      assertThat(connect(bed, "203.0.113.10").statusCode()).isEqualTo(302);
      assertThat(connect(bed, "2001:db8:1:2::1").statusCode()).isEqualTo(302);
    }
  }

  @Test
  void howeverManyHaveSetOutTheOperatorsCommandHasAPlace() throws Exception {
    try (TestBed bed = TestBed.prepare(folder).start()) {
      AthleteConnector athleteConnector = bed.service().athleteConnector();
      int open = 0;
      while (bed.get("/connect").statusCode() == 302) {
        open++;
      }

      assertThat(open).isEqualTo(1000);
      assertThat(athleteConnector.invite().address()).isNotNull();
    }
  }

  private static HttpResponse<String> connect(TestBed bed, String forwardedFor) throws Exception {
    return bed.send(
        HttpRequest.newBuilder(bed.url("/connect")).header("X-Forwarded-For", forwardedFor));
  }

  private static HttpResponse<String> post(TestBed bed, int number, String forwardedFor)
      throws Exception {
    return bed.send(
        HttpRequest.newBuilder(bed.url("/webhook"))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", forwardedFor)
            .POST(BodyPublishers.ofString(event(number))));
  }

  private static String event(int number) {
    return """
        {"aspect_type":"create","event_time":1795154400,"object_id":%d,"object_type":"activity",
         "owner_id":1,"subscription_id":1}"""
        .formatted(number);
  }
}
