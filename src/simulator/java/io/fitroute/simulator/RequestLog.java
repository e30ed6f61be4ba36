package io.fitroute.simulator;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The most recent requests. */
final class RequestLog {

  private static final Set<String> SECRET_PARAMETERS =
      Set.of("access_token", "client_secret", "code", "refresh_token", "state", "signature");

  private final Ring<Entry> entries;
  private final Map<Long, Instant> firstDetails = new ConcurrentHashMap<>();

  RequestLog(int size) {
    this.entries = new Ring<>(size);
  }

  /** A request in progress; its status is set when the response is sent. */
  static final class Entry {
    private final RecordedRequest arrived;
    private volatile int status;

    private Entry(RecordedRequest arrived) {
      this.arrived = arrived;
    }

    void answered(int value) {
      status = value;
    }

    private RecordedRequest snapshot() {
      return new RecordedRequest(
          arrived.method(),
          arrived.path(),
          arrived.query(),
          status,
          arrived.at(),
          arrived.credential());
    }
  }

  /** Records a request on arrival. */
  Entry arrived(HttpServerRequest request) {
    Entry entry =
        new Entry(
            new RecordedRequest(
                request.method().name(),
                request.path(),
                withoutSecrets(request.query()),
                0,
                Instant.now(),
                credential(request)));
    entries.add(entry);
    return entry;
  }

  /** Records that an activity's details were requested. */
  void detailsAsked(long activityId) {
    firstDetails.putIfAbsent(activityId, Instant.now());
  }

  /** When an activity's details were first requested, by the machine's clock. */
  Optional<Instant> firstDetails(long activityId) {
    return Optional.ofNullable(firstDetails.get(activityId));
  }

  /** All requests in order of arrival. */
  List<RecordedRequest> all() {
    return entries.entries().stream().map(Entry::snapshot).toList();
  }

  /** The number of requests with this method and a matching path. */
  long count(String method, PathPattern pattern) {
    return entries.entries().stream()
        .filter(entry -> entry.arrived.method().equals(method))
        .filter(entry -> pattern.matches(entry.arrived.path()))
        .count();
  }

  void clear() {
    entries.clear();
    firstDetails.clear();
  }

  private static String withoutSecrets(String query) {
    return query == null
        ? ""
        : Stream.of(query.split("&"))
            .filter(parameter -> !SECRET_PARAMETERS.contains(parameter.split("=", 2)[0]))
            .collect(Collectors.joining("&"));
  }

  private static CredentialKind credential(HttpServerRequest request) {
    String authorization = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    boolean cookie = request.getHeader("Cookie") != null;
    if (authorization.regionMatches(true, 0, "basic", 0, 5)) {
      return CredentialKind.BASIC;
    }
    if (authorization.isEmpty()) {
      return cookie ? CredentialKind.COOKIE : CredentialKind.NONE;
    }
    return cookie ? CredentialKind.BEARER_AND_COOKIE : CredentialKind.BEARER;
  }
}
