package io.fitroute.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood from one address does not keep the others out. */
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
