package io.fitroute.sink;

import io.fitroute.transfer.Deadline;
import io.fitroute.transfer.Deadlines;
import io.fitroute.transfer.TimedContent;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Sends requests with Java's HTTP client over HTTP/1.1, without following redirects. One deadline
 * covers the request up to the response headers, another one the body.
 */
final class TimedRequests {

  private final Deadlines deadlines;
  private final HttpClient client;

  /**
   * @param longest the limit each for connecting, waiting for the response and reading it, plus
   *     time for content
   */
  TimedRequests(Duration longest) {
    deadlines = new Deadlines(longest);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(longest)
            .sslContext(trust())
            .build();
  }

  /** The trust store of Java as it is at the time of the call. */
  private static SSLContext trust() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /**
   * Sends a request.
   *
   * @return the response, whose body must be closed
   */
  HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    HttpRequest whole = request.build();
    long length = whole.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L);
    Duration allowed = deadlines.allowed(Math.max(0, length));
    HttpRequest timed = request.timeout(allowed).build();
    try {
      return client.send(
          timed,
          head ->
              BodySubscribers.mapping(
                  BodyHandlers.ofInputStream().apply(head), body -> new Body(body, deadlines)));
    } catch (HttpConnectTimeoutException unreachable) {
      throw unreachable;
    } catch (HttpTimeoutException late) {
      throw new IOException("no answer within %.1f s".formatted(allowed.toMillis() / 1000.0));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  private static final class Body extends TimedContent {
    private final Deadline deadline;

    Body(InputStream content, Deadlines deadlines) {
      this(content, deadlines.start(() -> abort(content)));
    }

    private Body(InputStream content, Deadline deadline) {
      super(content, deadline);
      this.deadline = deadline;
    }

    /** A thread that waits for more bytes then fails. */
    private static void abort(InputStream content) {
      try {
        content.close();
      } catch (IOException closed) {
        // it is closed, as intended
      }
    }

    /** An aborted body may look complete. */
    @Override
    protected void finish() throws IOException {
      explain(null);
      deadline.end();
    }

    @Override
    protected void explain(Exception failure) throws IOException {
      if (deadline.missed().isPresent()) {
        throw new IOException(deadline.missed().get(), failure);
      }
    }

    @Override
    public void close() throws IOException {
      deadline.end();
      super.close();
    }
  }
}
