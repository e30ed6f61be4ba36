package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Sends the requests of Amazon's library, whose own clients have time-outs but no deadlines. */
final class S3Requests implements SdkHttpClient {

  /**
   * Headers that Java's client sets itself and rejects from callers. Of these only Host is signed.
   */
  private static final Set<String> SET_BY_CLIENT =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  private final TimedRequests requests;

  S3Requests(TimedRequests requests) {
    this.requests = requests;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(requests.send(request(request)));
      }

      @Override
      public void abort() {
        // a request ends by its deadline
      }
    };
  }

  private static HttpRequest.Builder request(HttpExecuteRequest wanted) {
    SdkHttpRequest head = wanted.httpRequest();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(head.getUri()).method(head.method().name(), body(wanted));
    head.forEachHeader(
        (name, values) -> {
          if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request;
  }

  private static BodyPublisher body(HttpExecuteRequest wanted) {
    long length =
        wanted.httpRequest().firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
    return wanted
        .contentStreamProvider()
        .filter(content -> length > 0)
        .map(
            content ->
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(content::newStream), length))
        .orElseGet(BodyPublishers::noBody);
  }

  private static HttpExecuteResponse answer(HttpResponse<InputStream> answer) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(answer.statusCode())
                .headers(answer.headers().map())
                .build())
        .responseBody(AbortableInputStream.create(body(answer)))
        .build();
  }

  /** The library reads everything but a file into memory. */
  private static InputStream body(HttpResponse<InputStream> answer) {
    boolean isFile = answer.statusCode() == 200 && answer.request().method().equals("GET");
    return isFile ? answer.body() : new BoundedAnswer(answer.body(), BoundedAnswer.SHORT);
  }

  @Override
  public String clientName() {
    return "Java";
  }

  @Override
  public void close() {
    // nothing to close
  }
}
