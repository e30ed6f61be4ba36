package io.fitroute.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** A fault of a request. */
public sealed interface Fault {

  /**
   * A response that replaces the real one.
   *
   * @param status the HTTP status
   * @param contentType the body's type
   * @param headers further headers
   * @param body the body
   */
  record Answer(int status, String contentType, Map<String, String> headers, byte[] body)
      implements Fault {}

  /**
   * A delay before the request is processed; other faults may follow.
   *
   * @param time how long
   */
  record Delay(Duration time) implements Fault {}

  /** The connection is reset without an answer. */
  record Drop() implements Fault {}

  /**
   * The head of the real response and a part of its body; then the connection is closed.
   *
   * @param bytes how much of the body is sent
   */
  record CutBody(int bytes) implements Fault {}

  /**
   * The real response, of which the first bytes come at once and the others one at a time.
   *
   * @param bytes how many come at once, including the head
   * @param pause between two bytes
   */
  record Drip(int bytes, Duration pause) implements Fault {}

  /**
   * The real response with a wrong {@code Content-Length}; then the connection is closed.
   *
   * @param difference added to the true length; negative to announce less
   */
  record WrongLength(int difference) implements Fault {}

  /**
   * The real response with other headers, such as {@code X-ReadRateLimit-Usage: ,}.
   *
   * @param values by name; an empty one removes the header
   */
  record Headers(Map<String, String> values) implements Fault {}

  /**
   * A gzip file of zeros, created while it is sent.
   *
   * @param unpackedBytes its unpacked size
   */
  record GzipBomb(long unpackedBytes) implements Fault {}

  /** A status with an empty body. */
  static Fault status(int status) {
    return new Answer(status, "text/plain", Map.of(), new byte[0]);
  }

  /** A status with a JSON body. */
  static Fault status(int status, String json) {
    return text(status, "application/json; charset=utf-8", json);
  }

  /** A page with status 200 instead of the expected content. */
  static Fault htmlPage() {
    String page = "<!DOCTYPE html>\n<html><head><title>Log In | Strava</title></head></html>\n";
    return text(200, "text/html; charset=utf-8", page);
  }

  /** A redirect to the login page. */
  static Fault loginRedirect() {
    return new Answer(302, "text/html", Map.of("Location", "/login"), new byte[0]);
  }

  /** The 404 of an activity that Strava does not show, or not yet. */
  static Fault notFound() {
    return error(404, "Record Not Found", "Activity", "id", "invalid");
  }

  /** The streams of an activity that is still being processed. */
  static Fault emptyStreams() {
    return status(200, "{}");
  }

  /** The rate limit is exceeded. */
  static Fault rateLimited() {
    return error(429, "Rate Limit Exceeded", "Application", "rate limit", "exceeded");
  }

  /** The owner of the application no longer has a subscription. */
  static Fault inactive() {
    return error(403, "Forbidden", "Application", "Status", "Inactive");
  }

  /** The permanent error of some activities. */
  static Fault permanentError() {
    return status(500, "{\"message\":\"error\"}");
  }

  /** A file that begins like gzip but is not gzip. */
  static Fault garbageGzip() {
    byte[] body = new byte[4096];
    new Random(1).nextBytes(body);
    System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 0, body, 0, 4);
    return file(body);
  }

  /** These bytes as a file. */
  static Fault file(byte[] body) {
    return new Answer(200, "application/octet-stream", Map.of(), body.clone());
  }

  private static Fault text(int status, String contentType, String body) {
    return new Answer(status, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static Fault error(
      int status, String message, String resource, String field, String code) {
    return status(
        status,
        new String(
            Json.bytes(StravaError.body(message, resource, field, code)), StandardCharsets.UTF_8));
  }
}
