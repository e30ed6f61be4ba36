package io.fitroute.routes;

import io.fitroute.TlsKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A web site with HTTP and HTTPS on one port, which records its requests. */
final class WebSite implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  private static final int FIRST_BYTE_OF_TLS = 0x16;
  private static final int LONGEST_HEAD = 16_384;

  private final ServerSocket server;
  private final SSLContext tls;
  private final Function<Asked, Answer> answers;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /**
   * A request.
   *
   * @param secure whether it used HTTPS
   * @param path with the query
   * @param credential whether it contained a cookie or a token
   */
  record Asked(boolean secure, String path, boolean credential) {}

  /** A response; a redirect if it has a location. */
  record Answer(String location, byte[] body) {

    static Answer redirect(String location) {
      return new Answer(location, new byte[0]);
    }

    static Answer file(byte[] body) {
      return new Answer("", body);
    }

    private byte[] head() {
      String status = location.isEmpty() ? "200 OK" : "302 Found\r\nLocation: " + location;
      return "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
          .formatted(status, body.length)
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * Starts the site.
   *
   * @param key the TLS key, created by {@link TlsKey}
   */
  WebSite(Path key, Function<Asked, Answer> answers) {
    this.answers = answers;
    try {
      tls = tls(key);
      server = new ServerSocket(0, 50, InetAddress.getByName(HOST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::serve);
  }

  private static SSLContext tls(Path key) throws IOException {
    char[] password = TlsKey.PASSWORD.toCharArray();
    try (InputStream file = Files.newInputStream(key)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(file, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its address with {@code http} or {@code https}. */
  String url(String scheme) {
    return scheme + "://" + HOST + ":" + server.getLocalPort();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> answer(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      int first = client.getInputStream().read();
      boolean secure = first == FIRST_BYTE_OF_TLS;
      InputStream read = new ByteArrayInputStream(new byte[] {(byte) first});
      try (Socket connection = secure ? secured(client, read) : client) {
        String head = (secure ? "" : (char) first) + head(connection.getInputStream());
        Asked request = new Asked(secure, head.split(" ")[1], hasCredential(head));
        asked.add(request);
        Answer answer = answers.apply(request);
        connection.getOutputStream().write(answer.head());
        connection.getOutputStream().write(answer.body());
        connection.getOutputStream().flush();
      }
    } catch (IOException gone) {
      // the client has disconnected
    }
  }

  private Socket secured(Socket client, InputStream read) throws IOException {
    SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(client, read, true);
    secured.setUseClientMode(false);
    return secured;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("a request without end");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static boolean hasCredential(String head) {
    return head.toLowerCase(Locale.ROOT)
        .lines()
        .anyMatch(line -> line.startsWith("cookie:") || line.startsWith("authorization:"));
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
