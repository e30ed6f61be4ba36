package io.fitroute.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** Something that goes wrong with a request. */
public sealed interface Fault {

  /**
   * This answer instead of the real one.
   *
   * @param status the HTTP status
   * @param contentType the body's type
   * @param headers further headers
   * @param body the body
   */
  record Answer(int status, String contentType, Map<String, String> headers, byte[] body)
      implements Fault {}

  /**
   * Time passes before the request is looked at; other faults may follow.
   *
   * @param time how long
   */
  record Delay(Duration time) implements Fault {}

  /** The connection is reset without an answer. */
  record Drop() implements Fault {}

  /**
   * The real answer's head, then only a part of its body, then the connection ends.
   *
   * @param bytes how much of the body is sent
   */
  record CutBody(int bytes) implements Fault {}

  /**
   * The real answer, of which the first bytes come at once and then one at a time.
   *
   * @param bytes how many come at once, those of the head included
   * @param pause between one byte and the next
   */
  record Drip(int bytes, Duration pause) implements Fault {}

  /**
   * The real answer with a {@code Content-Length} that is wrong; the connection ends after it.
   *
   * @param difference what is added to the true length, negative to announce less
   */
  record WrongLength(int difference) implements Fault {}

  /**
   * The real answer with other headers, such as {@code X-ReadRateLimit-Usage: ,}.
   *
   * @param values by name; an empty one takes the header away
   */
  record Headers(Map<String, String> values) implements Fault {}

  /**
   * A gzip file of zeros, made while it is sent.
   *
   * @param unpackedBytes how large it is once unpacked
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

  /** A page with status 200 where something else belongs. */
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

  /** The application has used up its requests. */
  static Fault rateLimited() {
    return error(429, "Rate Limit Exceeded", "Application", "rate limit", "exceeded");
  }

  /** The application's owner has no subscription any more. */
  static Fault inactive() {
    return error(403, "Forbidden", "Application", "Status", "Inactive");
  }

  /** What some activities answer for ever. */
  static Fault permanentError() {
    return status(500, "{\"message\":\"error\"}");
  }

  /** A file that begins like gzip and is none. */
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
