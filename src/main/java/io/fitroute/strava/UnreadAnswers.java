package io.fitroute.strava;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
 * Ends exchanges that would not end by themselves.
 *
 * <p>By itself the HTTP client waits for as long as now and then a byte comes. Here an exchange as
 * a whole, from its connection to the last byte of its answer, may take a time, and a second more
 * for each {@value #LEAST_BYTES_A_SECOND} bytes of its content.
 *
 * <p>An answer that is not read to its end loses its connection. By itself the HTTP client reads
 * the rest to use the connection again, and so never comes back from an answer that has no end.
 */
public final class UnreadAnswers implements HttpClientConfigurer {

  private static final int LEAST_BYTES_A_SECOND = 16 * 1024;

  private final Duration longest;
  private final ScheduledThreadPoolExecutor watch;

  /**
   * @param longest how long an exchange may take, apart from its content
   */
  public UnreadAnswers(Duration longest) {
    this.longest = longest;
    watch = new ScheduledThreadPoolExecutor(1, UnreadAnswers::thread);
    watch.setRemoveOnCancelPolicy(true);
    // without requests there is no thread
    watch.setKeepAliveTime(1, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "http-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.addExecInterceptorFirst("unread-answers", this::execute);
  }

  private ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    HttpEntity content = request.getEntity();
    Deadline deadline = new Deadline(scope.originalRequest);
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
      deadline.check(e);
      throw e;
    }
  }

  /** Cancels an exchange that takes too long, which closes its connection. */
  private final class Deadline {
    private final HttpRequest request;
    private final long start = System.nanoTime();
    private volatile long bytes;
    private volatile boolean over;
    private volatile boolean missed;
    private Future<?> look;

    Deadline(HttpRequest request) {
      this.request = request;
      look = watch.schedule(this::look, longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void look() {
      if (over) {
        return;
      }
      long left = allowed() - (System.nanoTime() - start);
      if (left > 0) {
        look = watch.schedule(this::look, left, TimeUnit.NANOSECONDS);
      } else if (request instanceof Cancellable exchange) {
        missed = true;
        exchange.cancel();
      }
    }

    private long allowed() {
      return longest.toNanos() + TimeUnit.SECONDS.toNanos(1) / LEAST_BYTES_A_SECOND * bytes;
    }

    /** Takes note of content that was sent or received. */
    void passed(long count) {
      bytes += Math.max(0, count);
    }

    synchronized void end() {
      over = true;
      look.cancel(false);
    }

    /** Says what a failure comes from, if it comes from here. */
    void check(Exception failure) throws SocketTimeoutException {
      if (missed) {
        SocketTimeoutException late =
            new SocketTimeoutException(
                "the answer was not complete after %.1f s"
                    .formatted(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0));
        late.initCause(failure);
        throw late;
      }
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

  private static final class Body extends FilterInputStream {
    private final ExecRuntime connection;
    private final Deadline deadline;
    private boolean ended;

    Body(InputStream content, ExecRuntime connection, Deadline deadline) {
      super(content);
      this.connection = connection;
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int count = super.read(target, offset, length);
        deadline.passed(count);
        if (count < 0) {
          ended = true;
          deadline.end();
        }
        return count;
      } catch (IOException | RuntimeException e) {
        deadline.check(e);
        throw e;
      }
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
