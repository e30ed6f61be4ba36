package io.fitroute.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.activation.DataHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * An HTTP request, parsed once at the start of a route.
 *
 * @param path the path without the query
 * @param query the first value of each parameter in the query
 * @param form the first value of each form field; empty unless the body is a form
 * @param cookies the cookies by name
 * @param authorization the header of that name; empty if missing
 * @param accept the header of that name; empty if missing
 * @param host the requested host and port; empty if missing
 * @param client the address of the client
 * @param body the body, unless it is a form
 * @param file the first file of a form of several parts
 */
record Request(
    String path,
    Map<String, String> query,
    Map<String, String> form,
    Map<String, String> cookies,
    String authorization,
    String accept,
    String host,
    String client,
    byte[] body,
    Optional<byte[]> file) {

  private static final Pattern ID = Pattern.compile("/(\\d+)(?=/|$)");
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  /** The route step that parses the request. */
  static final class Reader {

    /** Parses the exchange's HTTP request. */
    public Request read(Exchange exchange) {
      HttpMessage message = exchange.getIn(HttpMessage.class);
      HttpServerRequest request = message.getRequest();
      exchange.setProperty(Reply.Writer.RESPONSE, message.getResponse());
      Map<String, String> cookies = new HashMap<>();
      request.cookies().forEach(cookie -> cookies.putIfAbsent(cookie.getName(), cookie.getValue()));
      Map<String, String> form = firstValues(request.formAttributes());
      byte[] body = form.isEmpty() ? exchange.getIn().getBody(byte[].class) : new byte[0];
      return new Request(
          request.path(),
          firstValues(request.params()),
          form,
          cookies,
          header(request, "Authorization"),
          header(request, "Accept"),
          header(request, "Host"),
          request.remoteAddress().hostAddress(),
          body == null ? new byte[0] : body,
          file(exchange.getMessage(AttachmentMessage.class)));
    }

    private static Optional<byte[]> file(AttachmentMessage message) {
      return message.hasAttachments()
          ? message.getAttachments().values().stream().findFirst().map(Reader::content)
          : Optional.empty();
    }

    private static byte[] content(DataHandler file) {
      try (InputStream bytes = file.getInputStream()) {
        return bytes.readAllBytes();
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
    }

    private static String header(HttpServerRequest request, String name) {
      return Optional.ofNullable(request.getHeader(name)).orElse("");
    }

    private static Map<String, String> firstValues(MultiMap values) {
      Map<String, String> first = new HashMap<>();
      values.forEach(entry -> first.putIfAbsent(entry.getKey(), entry.getValue()));
      return first;
    }
  }

  /** A value from the form, or else the query; Strava accepts both in most places. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(form.get(name)).or(() -> Optional.ofNullable(query.get(name)));
  }

  /** The number in the path: the id of an activity or a subscription. */
  OptionalLong id() {
    Matcher segment = ID.matcher(path);
    return segment.find() ? number(segment.group(1)) : OptionalLong.empty();
  }

  /** A query parameter as a number; empty if it is not one. */
  OptionalLong queryNumber(String name) {
    return number(query.getOrDefault(name, ""));
  }

  /** The bearer token. */
  Optional<String> bearer() {
    return credentials(BEARER);
  }

  /** The user and password of HTTP basic authentication, joined by a colon. */
  Optional<String> basic() {
    return credentials(BASIC).flatMap(Request::decoded);
  }

  private Optional<String> credentials(String scheme) {
    boolean matches = authorization.toLowerCase(Locale.ROOT).startsWith(scheme);
    return matches
        ? Optional.of(authorization.substring(scheme.length()).strip())
        : Optional.empty();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  /** Does not show headers, cookies and form, which contain secrets. */
  @Override
  public String toString() {
    return "Request[" + path + "]";
  }
}
