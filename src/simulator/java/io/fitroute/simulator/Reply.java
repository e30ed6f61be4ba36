package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The response to a request.
 *
 * @param status the HTTP status
 * @param contentType the body's type; empty for none
 * @param headers further headers
 * @param body the body
 * @param file a file to stream instead of the body
 */
record Reply(
    int status, String contentType, Map<String, String> headers, byte[] body, Optional<Path> file) {

  private static final String JSON_TYPE = "application/json; charset=utf-8";
  private static final String HTML_TYPE = "text/html; charset=utf-8";

  /** A JSON document. */
  static Reply json(int status, JsonNode document) {
    return json(status, Json.bytes(document));
  }

  /** A JSON document that is already written. */
  static Reply json(int status, byte[] document) {
    return new Reply(status, JSON_TYPE, Map.of(), document, Optional.empty());
  }

  /** An error body of Strava with one error. */
  static Reply fault(int status, String message, String resource, String field, String code) {
    return json(status, StravaError.body(message, resource, field, code));
  }

  /** A page. */
  static Reply html(int status, String page) {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, HTML_TYPE, Map.of(), body, Optional.empty());
  }

  /** Plain text. */
  static Reply text(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(200, "text/plain; charset=utf-8", Map.of(), body, Optional.empty());
  }

  /** A redirect. */
  static Reply redirect(String location) {
    return empty(302).with("Location", location);
  }

  /** Bytes of no particular type. */
  static Reply bytes(byte[] body) {
    return new Reply(200, "application/octet-stream", Map.of(), body, Optional.empty());
  }

  /** A file of no particular type. */
  static Reply file(Path file) {
    return new Reply(200, "application/octet-stream", Map.of(), new byte[0], Optional.of(file));
  }

  /** A status alone. */
  static Reply empty(int status) {
    return new Reply(status, "", Map.of(), new byte[0], Optional.empty());
  }

  /** The response with another header. */
  Reply with(String header, String value) {
    return with(Map.of(header, value));
  }

  /** The response with more headers. */
  Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, all, body, file);
  }

  /** The route step at the end of every exchange, which sends the response. */
  static final class Writer {

    /** The exchange property with the server's response, for files. */
    static final String RESPONSE = "httpResponse";

    /** Sends a response. */
    public void send(Reply reply, Exchange exchange) {
      reply.file.ifPresent(file -> stream(reply, file, exchange));
      Message message = exchange.getMessage();
      // the request's headers and query would otherwise come back as response headers
      message.removeHeaders("*");
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status);
      if (!reply.contentType.isEmpty()) {
        message.setHeader(Exchange.CONTENT_TYPE, reply.contentType);
      }
      reply.headers.forEach(message::setHeader);
      // only this kind of body is sent in one piece with its length
      message.setBody(ByteBuffer.wrap(reply.body));
    }

    /** Sends the response of a refusal. */
    public void refuse(Exchange exchange) {
      Refusal refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refusal.class);
      send(refusal.reply(), exchange);
    }

    private static void stream(Reply reply, Path file, Exchange exchange) {
      HttpServerResponse response = exchange.getProperty(RESPONSE, HttpServerResponse.class);
      response.setStatusCode(reply.status).putHeader("Content-Type", reply.contentType);
      reply.headers.forEach(response::putHeader);
      response.sendFile(file.toString());
    }
  }
}
