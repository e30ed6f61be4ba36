package io.fitroute.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KindTest {
  private static final Kind.TimeSpan TIME = new Kind.TimeSpan();
  private static final Kind.BackoffSchedule LADDER = new Kind.BackoffSchedule();
  private static final Kind.ByteSize SIZE = new Kind.ByteSize(1, 1L << 40);
  private static final Kind.Text URL_PATH = Kind.Text.path(List.of("/health"));
  private static final Kind.Url URL = new Kind.Url();

  @ParameterizedTest
  @CsvSource({"20ms,PT0.02S", "30s,PT30S", "5m,PT5M", "1h,PT1H", "2d,PT48H", "3650d,PT87600H"})
  void timesAreRead(String text, Duration time) {
    assertThat(TIME.read(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0s",
        "-1s",
        "5",
        "5 m",
        "5M",
        "1.5h",
        "m",
        "1h30m",
        "3651d",
        "999999999d",
        "99999999999999999999s",
        "5m,",
        "٣s"
      })
  void otherTimesAreRefused(String text) {
    assertThat(TIME.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Key: abc", "x:", "A: b | C_d:e:f", "Prefer: return=minimal; {x}'\""})
  void headersAreRead(String text) {
    assertThat(headers().read(text)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Key",
        ": abc",
        "X Key: abc",
        "A: b |",
        "A: b | | C: d",
        "A: ä",
        "CamelHttpUri: x"
      })
  void otherHeadersAreRefusedAndNotShown(String text) {
    Kind.Secret headers = headers();
    assertThat(headers.read(text)).isEmpty();
    assertThat(headers.shown(text)).doesNotContain("abc");
  }

  @Property
  void timesSurviveWriting(@ForAll("times") Duration time) {
    assertThat(TIME.read(TIME.write(time))).contains(time);
  }

  @Property
  void laddersSurviveWriting(@ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1) Integer> s) {
    List<Duration> backoffSchedule =
        s.stream().map(seconds -> Duration.ofSeconds(seconds % 9999 + 1)).toList();

    assertThat(LADDER.read(LADDER.write(backoffSchedule))).contains(backoffSchedule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "1s,", ",1s", "1s,,2s", "1s;2s", "1s,x"})
  void otherLaddersAreRefused(String text) {
    assertThat(LADDER.read(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "32KB,32768", "32 KB,32768", "256MB,268435456", "1GB,1073741824"})
  void sizesAreRead(String text, long bytes) {
    assertThat(SIZE.read(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5MB", "1kb", "1TB", "MB", "999999999999999GB", "1e3"})
  void otherSizesAreRefused(String text) {
    assertThat(SIZE.read(text)).isEmpty();
  }

  @Property
  void sizesSurviveWriting(@ForAll @LongRange(min = 1, max = 1L << 40) long bytes) {
    assertThat(SIZE.read(SIZE.write(bytes))).contains(bytes);
  }

  @Property
  void aWholeNumberIsReadExactlyWithinItsBounds(
      @ForAll @IntRange(min = -200, max = 200) int number) {
    assertThat(new Kind.WholeNumber(1, 64).read(Integer.toString(number)).isPresent())
        .isEqualTo(number >= 1 && number <= 64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "80a", "", "0x50", "99999999999999999999"})
  void otherPortsAreRefused(String text) {
    assertThat(new Kind.Port().read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "localhost", "runs.example.org", "::1", "fe80::1"})
  void hostsAreRead(String text) {
    assertThat(Kind.Text.host().read(text)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "http://x", "a/b", "-x", "x\ny"})
  void otherHostsAreRefused(String text) {
    assertThat(Kind.Text.host().read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/webhook", "/a/b-c_d~e.f", "/5f0c"})
  void pathsOfUrlsAreRead(String text) {
    assertThat(URL_PATH.read(text)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "webhook", "/a/", "//a", "/a//b", "/a b", "/../a", "/a?b", "/{a}", "/health"
      })
  void otherPathsOfUrlsAreRefused(String text) {
    assertThat(URL_PATH.read(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.strava.com/api/v3,https://www.strava.com/api/v3",
    "https://www.strava.com/api/v3//,https://www.strava.com/api/v3",
    "http://127.0.0.1:8080/,http://127.0.0.1:8080",
    "http://[::1]:8080,http://[::1]:8080",
  })
  void addressesAreReadWithoutASlashAtTheirEnd(String text, URI address) {
    assertThat(URL.read(text)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "www.strava.com",
        "ftp://x",
        "https://",
        "https:///x",
        "https://u:p@x",
        "https://x?a",
        "https://x#a",
        "https://x y",
        "file:/etc/passwd"
      })
  void otherAddressesAreRefused(String text) {
    assertThat(URL.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:sqlite:x.db", "jdbc:postgresql://host/db?ssl=true"})
  void addressesOfDatabasesAreRead(String text) {
    assertThat(new Kind.DatabaseUrl().read(text)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jdbc:mysql://x", "postgres://u:hunter2@h/d", "jdbc:sqlite:"})
  void otherAddressesOfDatabasesAreRefused(String text) {
    assertThat(new Kind.DatabaseUrl().read(text)).isEmpty();
  }

  @Property
  void anAddressIsShownWithoutItsPasswords(@ForAll("passwords") String password) {
    assertThat(new Kind.DatabaseUrl().shown("postgres://u:" + password + "@h/d"))
        .doesNotContain(password);
    assertThat(new Kind.DatabaseUrl().shown("jdbc:postgresql://h/d?user=u&password=" + password))
        .doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "original,original", "Original", "original,", "archive"})
  void otherWordsAreRefused(String text) {
    assertThat(Kind.Words.outOf("original", "streams").read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"streams,original", " streams , original "})
  void wordsKeepTheirOrder(String text) {
    assertThat(Kind.Words.outOf("original", "streams").read(text))
        .contains(List.of("streams", "original"));
  }

  @Property
  void everyKindReadsOrRefusesAnyText(@ForAll String text) {
    List<Kind<?>> kinds =
        List.of(
            Kind.Text.any(),
            Kind.Secret.any(),
            headers(),
            Kind.Text.host(),
            new Kind.Port(),
            URL_PATH,
            new Kind.File(),
            URL,
            new Kind.DatabaseUrl(),
            new Kind.WholeNumber(1, 64),
            SIZE,
            TIME,
            LADDER,
            new Kind.Choice(List.of("local", "utc")),
            new Kind.Words(Pattern.compile("[a-z]+"), "words"),
            Kind.Text.simple());
    for (Kind<?> kind : kinds) {
      assertThat(survives(kind, text)).as("%s of %s", kind, text).isTrue();
      assertThat(kind.shown(text)).doesNotContainPattern("\\p{Cntrl}");
      assertThat(kind.allowed()).isNotBlank();
    }
  }

  private static <T> boolean survives(Kind<T> kind, String text) {
    return kind.read(text)
        .map(value -> kind.read(kind.write(value)).equals(Optional.of(value)))
        .orElse(true);
  }

  @Provide
  Arbitrary<Duration> times() {
    return Arbitraries.longs().between(1, 3650L * 86_400_000).map(Duration::ofMillis);
  }

  @Provide
  Arbitrary<String> passwords() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(12).ofMaxLength(30);
  }

  /** A setting of the sink http, as its kamelet declares it. */
  private static Kind.Secret headers() {
    return SinkKind.all(Path.of("")).get("http").properties().stream()
        .filter(property -> property.name().equals("headers"))
        .map(property -> (Kind.Secret) property.kind())
        .findFirst()
        .orElseThrow();
  }
}
