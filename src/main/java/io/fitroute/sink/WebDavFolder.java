package io.fitroute.sink;

import io.fitroute.fit.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.camel.util.TimeUtils;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A folder on a WebDAV server (RFC 4918), such as Nextcloud. A file is sent under a temporary name
 * and then moved. Redirects are not followed, so that credentials go only to the configured server.
 */
public final class WebDavFolder implements Folder {

  private static final String DAV = "DAV:";
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final String SIZE_WANTED =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
          + "<propfind xmlns=\"DAV:\"><prop><getcontentlength/></prop></propfind>";

  private String url = "";
  private String user = "";
  private String password = "";
  private String timeout = "30s";
  private Optional<TimedRequests> client = Optional.empty();

  @Override
  public Connection open() {
    return new Session(client());
  }

  private synchronized TimedRequests client() {
    if (client.isEmpty()) {
      client = Optional.of(new TimedRequests(Duration.ofMillis(TimeUtils.toMilliSeconds(timeout))));
    }
    return client.get();
  }

  private final class Session implements Connection {
    private final TimedRequests http;

    Session(TimedRequests http) {
      this.http = http;
    }

    @Override
    public Optional<Stored> stat(String path) throws IOException {
      HttpResponse<InputStream> answer =
          send(
              to(path)
                  .header("Depth", "0")
                  .header("Content-Type", "application/xml; charset=utf-8")
                  .method("PROPFIND", BodyPublishers.ofString(SIZE_WANTED)));
      try (InputStream body = answer.body()) {
        return switch (answer.statusCode()) {
          case 404 -> Optional.empty();
          case 207 -> Optional.of(new Stored(size(body), Optional.empty()));
          default -> throw refusal(answer);
        };
      }
    }

    @Override
    public void send(Path file, String path) throws IOException {
      makeFolderOf(path);
      expect(send(content(file, path)), 200, 201, 204);
    }

    @Override
    public boolean rename(String from, String to) throws IOException {
      makeFolderOf(to);
      HttpResponse<InputStream> answer = move(from, to, "F");
      if (answer.statusCode() == 412) {
        answer.body().close();
        return false;
      }
      expect(answer, 201, 204);
      return true;
    }

    @Override
    public void replace(String from, String to) throws IOException {
      expect(move(from, to, "T"), 201, 204);
    }

    private HttpResponse<InputStream> move(String from, String to, String overwrite)
        throws IOException {
      return send(
          to(from)
              .header("Destination", address(to).toString())
              .header("Overwrite", overwrite)
              .method("MOVE", BodyPublishers.noBody()));
    }

    private void makeFolderOf(String path) throws IOException {
      if (path.indexOf('/') > 0) {
        makeFolder(path.substring(0, path.lastIndexOf('/')));
      }
    }

    private HttpRequest.Builder content(Path file, String path) throws IOException {
      return to(path)
          .header("Content-Type", "application/octet-stream")
          .header("OC-Checksum", "SHA256:" + Sha256.of(file))
          .PUT(BodyPublishers.ofFile(file));
    }

    /** 405 means that the folder exists, 409 that its parent does not. */
    private void makeFolder(String path) throws IOException {
      HttpResponse<InputStream> answer = make(path);
      if (answer.statusCode() == 409 && path.indexOf('/') > 0) {
        makeFolder(path.substring(0, path.lastIndexOf('/')));
        answer = make(path);
      }
      expect(answer, 201, 405);
    }

    private HttpResponse<InputStream> make(String path) throws IOException {
      HttpResponse<InputStream> answer =
          send(to(path + "/").method("MKCOL", BodyPublishers.noBody()));
      answer.body().close();
      return answer;
    }

    @Override
    public InputStream read(String path) throws IOException {
      HttpResponse<InputStream> answer = send(to(path).GET());
      if (answer.statusCode() != 200) {
        answer.body().close();
        throw refusal(answer);
      }
      return answer.body();
    }

    @Override
    public void remove(String path) throws IOException {
      expect(send(to(path).DELETE()), 200, 204, 404);
    }

    private void expect(HttpResponse<InputStream> answer, int... statuses) throws IOException {
      answer.body().close();
      if (Arrays.stream(statuses).noneMatch(status -> status == answer.statusCode())) {
        throw refusal(answer);
      }
    }

    private HttpRequest.Builder to(String path) {
      HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
      if (!user.isEmpty()) {
        BasicLogin login = new BasicLogin();
        login.setUser(user);
        login.setPassword(password);
        request.header("Authorization", login.header());
      }
      return request;
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
      try {
        return http.send(request);
      } catch (IOException failure) {
        throw new IOException(url + ": " + reason(failure), failure);
      }
    }

    @Override
    public void close() {
      // the client keeps its connections for reuse
    }
  }

  private static String reason(IOException failure) {
    return failure.getMessage() == null
        ? "no connection (" + failure.getClass().getSimpleName() + ")"
        : failure.getMessage();
  }

  private URI address(String path) {
    return URI.create(
        url.replaceFirst("/+$", "")
            + Arrays.stream(path.split("/", -1))
                .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8))
                .map(segment -> segment.replace("+", "%20"))
                .collect(Collectors.joining("/", "/", "")));
  }

  private IOException refusal(HttpResponse<?> answer) {
    int status = answer.statusCode();
    String meaning =
        switch (status) {
          case 401 -> "the user name or password was refused";
          case 403 -> "this user has no permission to do that";
          case 413 -> "the file is too large for the server";
          case 423 -> "the file is locked";
          case 507 -> "no space left, or the quota is exhausted";
          default -> "the server refused";
        };
    return new IOException(
        url + ": " + meaning + " (" + answer.request().method() + " " + status + ")");
  }

  private static long size(InputStream answer) throws IOException {
    byte[] text = answer.readNBytes(LONGEST_ANSWER);
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      NodeList sizes =
          factory
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(text))
              .getElementsByTagNameNS(DAV, "getcontentlength");
      return sizes.getLength() == 0 ? -1 : Long.parseLong(sizes.item(0).getTextContent().strip());
    } catch (SAXException | ParserConfigurationException | NumberFormatException e) {
      throw new IOException("the server's answer to PROPFIND cannot be parsed", e);
    }
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public void setUser(String user) {
    this.user = user;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public void setTimeout(String timeout) {
    this.timeout = timeout;
  }
}
