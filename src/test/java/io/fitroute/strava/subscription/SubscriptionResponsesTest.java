package io.fitroute.strava.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fitroute.strava.api.ApiApplication;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strava's responses about the webhook subscription, with the messages for the user. */
class SubscriptionResponsesTest {
  private static final PushSubscription OURS =
      new PushSubscription(7, "https://runs.example.org/webhook", "2026-11-20T06:02:11Z");

  private final SubscriptionResponses answers =
      new SubscriptionResponses(new ApiApplication(Optional.of("12"), Optional.of("secret")));

  @Test
  void readsTheList() {
    assertThat(
            answers.found(
                200,
                """
                [{"id":7,"callback_url":"https://runs.example.org/webhook",
                  "created_at":"2026-11-20T06:02:11Z"},
                 {"id":8},
                 {"id":0,"callback_url":"https://nowhere.example.org"}]
                """))
        .containsExactly(OURS, new PushSubscription(8, "", ""));
    assertThat(answers.found(200, "[]")).isEmpty();
    assertThat(answers.found(200, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 299})
  void readsWhatWasMade(int status) {
    assertThat(
            answers.created(
                status,
                """
                {"id":7,"callback_url":"https://runs.example.org/webhook",
                 "created_at":"2026-11-20T06:02:11Z"}
                """))
        .containsExactly(OURS);
  }

  @Test
  void whatHasNoNumberWasNotMade() {
    assertThatThrownBy(() -> answers.created(201, "{}"))
        .isInstanceOf(SubscriptionRefused.class)
        .hasMessageContaining("Strava did not create the subscription: it answered 201");
  }

  @ParameterizedTest
  @CsvSource({"200, true", "204, true", "299, true", "404, true", "300, false", "199, false"})
  void whatIsGoneIsDeleted(int status, boolean deleted) {
    Throwable refusal =
        catchThrowable(() -> answers.deleted(status, "{\"message\":\"never mind\"}"));

    if (deleted) {
      assertThat(refusal).isNull();
    } else {
      assertThat(refusal)
          .isInstanceOf(SubscriptionRefused.class)
          .hasMessage(
              "Strava did not delete the subscription: it answered " + status + " never mind.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          already exists              | ./fitroute subscription create --replace
          GET to callback URL does not return 200 | did not get the answer 200
          GET to callback URL: wrong challenge    | did not get its challenge back
          callback url not verifiable | could not verify webhook.public-url
          callback url too long       | does not accept webhook.public-url with webhook.path as callback: Bad Request: PushSubscription callback_url callback url too long
          something else              | Strava did not create the subscription: it answered 400 Bad Request: PushSubscription callback_url something else.
          """)
  void saysWhyNoneIsMade(String found, String sentence) {
    String body =
        """
        {"message":"Bad Request",
         "errors":[{"resource":"PushSubscription","field":"callback_url","code":"%s"}]}
        """
            .formatted(found);

    assertThatThrownBy(() -> answers.created(400, body))
        .isInstanceOf(SubscriptionRefused.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void saysWhatStravaHasAgainstTheApplication() {
    String body =
        "{\"message\":\"x\",\"errors\":[{\"resource\":\"Application\",\"field\":\"client_id\"}]}";
    for (int status : new int[] {400, 401}) {
      assertThatThrownBy(() -> answers.found(status, body))
          .isInstanceOf(SubscriptionRefused.class)
          .hasMessageContaining("STRAVA_CLIENT_ID is 12");
    }
    assertThatThrownBy(() -> answers.created(429, null))
        .hasMessageContaining("rate limit is reached");
    assertThatThrownBy(() -> answers.found(500, "{\"message\":\"oops\"}"))
        .hasMessage("Strava did not return the subscription: it answered 500 oops.");
  }

  @Test
  void saysThatAnAnswerCannotBeRead() {
    assertThatThrownBy(() -> answers.found(200, "<html>"))
        .isInstanceOf(SubscriptionRefused.class)
        .hasMessage("Strava's response about the subscription cannot be parsed.");
  }
}
