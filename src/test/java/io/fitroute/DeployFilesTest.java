package io.fitroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the files of {@code deploy/} with the programs they are for, and the names in the
 * documentation.
 */
class DeployFilesTest {

  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path DEPLOY = HOME.resolve("deploy");
  private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)(#[^)]*)?\\)");

  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))\\b");

  @TempDir Path folder;

  private String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void systemdFindsNothingWrongWithTheUnit() throws Exception {
    String analyze = RequiredTool.find("systemd-analyze").toString();
    String unit = Files.readString(DEPLOY.resolve("fitroute.service"));
    Path here = folder.resolve("fitroute.service");
    Files.writeString(here, unit.replace("/opt/fitroute/fitroute", HOME + "/fitroute"));

    assertThat(run(analyze, "verify", here.toString())).isEmpty();
  }

  @Test
  void nginxTakesItsFile() throws Exception {
    String nginx = RequiredTool.find("nginx").toString();
    run(
        RequiredTool.find("openssl").toString(),
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=x",
        "-days",
        "1",
        "-keyout",
        folder + "/key.pem",
        "-out",
        folder + "/certificate.pem");
    String server =
        Files.readString(DEPLOY.resolve("nginx.conf"))
            .replaceAll("/etc/\\S+fullchain.pem", folder + "/certificate.pem")
            .replaceAll("/etc/\\S+privkey.pem", folder + "/key.pem")
            .replace("listen 443", "listen 127.0.0.1:0");
    Path whole =
        Files.writeString(
            folder.resolve("nginx.conf"),
            "pid %1$s/pid; error_log %1$s/log; events {}%nhttp {%n%2$s%n}%n"
                .formatted(folder, server.replace("listen 127.0.0.1:0", "listen 127.0.0.1:8443")));

    assertThat(run(nginx, "-t", "-c", whole.toString())).contains("syntax is ok");
  }

  @Test
  void caddyTakesItsFile() throws Exception {
    String caddy = RequiredTool.find("caddy").toString();
    String file = DEPLOY.resolve("Caddyfile").toString();
    assertThat(run(caddy, "validate", "--adapter", "caddyfile", "--config", file))
        .contains("Valid configuration");
  }

  @Test
  void whatTheImageCopiesIsThere() throws IOException {
    List<String> copied =
        Files.readAllLines(DEPLOY.resolve("Dockerfile")).stream()
            .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
            .flatMap(line -> Stream.of(line.split(" ")).skip(1).limit(line.split(" ").length - 2))
            .toList();

    assertThat(copied).contains("fitroute", "pom.xml", "routes");
    assertThat(copied).allSatisfy(name -> assertThat(HOME.resolve(name)).exists());
  }

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      return Stream.concat(Stream.of(HOME.resolve("README.md")), docs.toList().stream())
          .filter(page -> page.toString().endsWith(".md"));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatAPageLinksToIsThere(Path page) throws IOException {
    List<String> links =
        LINK.matcher(Files.readString(page)).results().map(MatchResult::group).toList();

    assertThat(links)
        .allSatisfy(
            link -> {
              var matcher = LINK.matcher(link);
              assertThat(matcher.find()).isTrue();
              assertThat(page.resolveSibling(matcher.group(1))).exists();
            });
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theTestsThatAPageNamesAreThere(Path page) throws IOException {
    Set<String> tests;
    try (Stream<Path> sources = Files.walk(HOME.resolve("src"))) {
      tests = sources.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }

    assertThat(TEST.matcher(Files.readString(page)).results().map(test -> test.group(1) + ".java"))
        .isSubsetOf(tests);
  }
}
