package io.fitroute.strava;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Drops the connection of an answer that is not read to its end. By itself the HTTP client reads
 * the rest to use the connection again, and so never comes back from an answer that has no end.
 */
public final class UnreadAnswers implements HttpClientConfigurer {

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.addExecInterceptorFirst("unread-answers", UnreadAnswers::execute);
  }

  private static ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      response.setEntity(new Answer(entity, scope.execRuntime));
    }
    return response;
  }

  private static final class Answer extends HttpEntityWrapper {
    private final ExecRuntime connection;
    private Body body;

    Answer(HttpEntity entity, ExecRuntime connection) {
      super(entity);
      this.connection = connection;
    }

    @Override
    public InputStream getContent() throws IOException {
      if (body == null) {
        body = new Body(super.getContent(), connection);
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
    private boolean ended;

    Body(InputStream content, ExecRuntime connection) {
      super(content);
      this.connection = connection;
    }

    @Override
    public int read() throws IOException {
      return noted(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return noted(super.read(target, offset, length));
    }

    private int noted(int read) {
      ended |= read < 0;
      return read;
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        ended = true;
        connection.discardEndpoint();
      }
      super.close();
    }
  }
}
