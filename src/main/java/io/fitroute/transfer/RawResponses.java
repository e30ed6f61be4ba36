package io.fitroute.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Aborts HTTP exchanges that would not end by themselves.
 *
 * <p>The deadline covers an exchange from its connection to the last byte of its response.
 *
 * <p>If a response is not read to its end, its connection is closed. The HTTP client alone would
 * read the rest in order to reuse the connection, and so never return from an endless response.
 */
public final class RawResponses implements HttpClientConfigurer {

  private final Deadlines deadlines;

  /**
   * @param longest the time for an exchange without its content
   */
  public RawResponses(Duration longest) {
    deadlines = new Deadlines(longest);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.addExecInterceptorFirst("unread-answers", this::execute);
  }

  private ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    HttpEntity content = request.getEntity();
    Deadline deadline = deadlines.start(() -> cancel(scope.originalRequest));
    deadline.passed(content == null ? 0 : content.getContentLength());
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      HttpEntity entity = response.getEntity();
      if (entity == null) {
        deadline.end();
      } else {
        response.setEntity(new Answer(entity, scope.execRuntime, deadline));
      }
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
      deadline.end();
      check(deadline, e);
      throw e;
    }
  }

  private static void cancel(HttpRequest request) {
    if (request instanceof Cancellable exchange) {
      exchange.cancel();
    }
  }

  /** If the deadline was missed, reports it as the cause of the failure. */
  private static void check(Deadline deadline, Exception failure) throws SocketTimeoutException {
    Optional<String> missed = deadline.missed();
    if (missed.isPresent()) {
      SocketTimeoutException late = new SocketTimeoutException(missed.get());
      late.initCause(failure);
      throw late;
    }
  }

  private static final class Answer extends HttpEntityWrapper {
    private final ExecRuntime connection;
    private final Deadline deadline;
    private Body body;

    Answer(HttpEntity entity, ExecRuntime connection, Deadline deadline) {
      super(entity);
      this.connection = connection;
      this.deadline = deadline;
    }

    @Override
    public InputStream getContent() throws IOException {
      if (body == null) {
        body = new Body(super.getContent(), connection, deadline);
      }
      return body;
    }

    @Override
    public void close() throws IOException {
      getContent().close();
    }
  }

  private static final class Body extends TimedContent {
    private final ExecRuntime connection;
    private final Deadline deadline;
    private boolean ended;

    Body(InputStream content, ExecRuntime connection, Deadline deadline) {
      super(content, deadline);
      this.connection = connection;
      this.deadline = deadline;
    }

    @Override
    protected void finish() {
      ended = true;
      deadline.end();
    }

    @Override
    protected void explain(Exception failure) throws IOException {
      check(deadline, failure);
    }

    @Override
    public void close() throws IOException {
      deadline.end();
      if (!ended) {
        ended = true;
        connection.discardEndpoint();
      }
      super.close();
    }
  }
}
