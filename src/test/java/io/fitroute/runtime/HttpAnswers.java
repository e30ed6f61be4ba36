package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;

/** The requirements for every response of the service. */
public final class HttpAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Headers of HTTP itself and those a response may have; none come from the request. */
  private static final List<String> ALLOWED_HEADERS =
      List.of("content-type", "content-length", "transfer-encoding", "connection", "retry-after");

  private HttpAnswers() {}

  public static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + answer.body(), e);
    }
  }

  /** Checks status, type and exact body. */
  public static void assertJson(HttpResponse<String> answer, int status, String body) {
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
    assertNothingEchoed(answer);
  }

  /**
   * Checks that it is a problem with this status.
   *
   * @return the description of the problem
   */
  public static String assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().allValues("content-type"))
        .containsExactly("application/problem+json");
    JsonNode problem = json(answer);
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("type").textValue()).isEqualTo("about:blank");
    assertThat(problem.path("title").textValue()).isNotBlank();
    assertThat(problem.path("detail").textValue()).isNotBlank();
    assertNothingEchoed(answer);
    return problem.path("detail").textValue();
  }

  public static void assertNothingEchoed(HttpResponse<String> answer) {
    assertThat(answer.headers().map().keySet()).isSubsetOf(ALLOWED_HEADERS);
  }
}
