package io.fitroute.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel's own authentication, when enabled, applies to every path at every address. */
class AuthenticationPathIT {

  private static final String CREDENTIALS =
      "Basic " + Base64.getEncoder().encodeToString("ops:word".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/", "/admin"})
  void theAdminPortAsksForCredentialsOnEveryPath(String path) throws Exception {
    String prefix = path.equals("/") ? "" : path;
    try (TestBed bed = prepare("management", path).start()) {
      for (String page : new String[] {"/observe/health", "/observe/metrics"}) {
        String url = "http://127.0.0.1:" + bed.service().adminPort() + prefix + page;

        assertThat(status(bed, url, false)).as(page).isEqualTo(401);
        assertThat(status(bed, url, true)).as(page).isEqualTo(200);
      }
    }
  }

  @Test
  void thePublicPortAsksForCredentialsOnEveryPath() throws Exception {
    try (TestBed bed = prepare("server", "/public").start()) {
      String url = bed.url("/public/health").toString();

      assertThat(status(bed, url, false)).isEqualTo(401);
      assertThat(status(bed, url, true)).isEqualTo(200);
    }
  }

  private TestBed prepare(String server, String path) throws Exception {
    Path users = Files.writeString(folder.resolve("users.properties"), "user.ops=word,admin\n");
    return TestBed.prepare(folder)
        .setForCamel("camel." + server + ".path", path)
        .setForCamel("camel." + server + ".authentication-enabled", "true")
        .setForCamel("camel." + server + ".basic-properties-file", users.toString());
  }

  private static int status(TestBed bed, String url, boolean withCredentials) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (withCredentials) {
      request.header("Authorization", CREDENTIALS);
    }
    return bed.send(request).statusCode();
  }
}
