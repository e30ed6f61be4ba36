package io.fitroute.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a setting.
 *
 * @param <T> the type of its values in the program
 */
sealed interface Kind<T> {
  Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

  /** Parses a value; empty if the text is not allowed. */
  Optional<T> read(String text);

  /** The allowed values, in words that complete "allowed: ...". */
  String allowed();

  /** A value as text for routes; {@link #read} returns the same value. */
  default String write(T value) {
    return value.toString();
  }

  /** A text, valid or not, as shown in a message: one short line without passwords. */
  default String shown(String text) {
    return Shown.quoted(text);
  }

  /** Whether values must not be shown. */
  default boolean secret() {
    return false;
  }

  /**
   * One line of text.
   *
   * @param shape accepts valid lines
   */
  record Text(String allowed, Predicate<String> shape) implements Kind<String> {
    private static final Pattern HOST =
        Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    private static final Pattern PAIRS = Pattern.compile("[^=,]+=[A-Za-z]+(,[^=,]+=[A-Za-z]+)*");

    static Text any() {
      return new Text("one line of text", line -> true);
    }

    /** A host name or an IPv4 or IPv6 address. */
    static Text host() {
      return new Text("a host name or an IP address", HOST.asMatchPredicate());
    }

    /**
     * The path of a URL.
     *
     * @param taken paths used for other purposes
     */
    static Text path(List<String> taken) {
      return new Text(
          "a path such as /webhook of letters, digits and ._~-, not ending in /, none of "
              + String.join(" ", taken),
          PATH.asMatchPredicate().and(path -> !taken.contains(path)));
    }

    /** An expression in Camel's Simple language; Camel checks its syntax at the start. */
    static Text simple() {
      return new Text(
          "one line in Camel's Simple language, such as ${variable.activity_id}.fit", line -> true);
    }

    /** Words with replacements: {@code WORD=NAME}, several separated by commas. */
    static Text pairs() {
      return new Text(
          "WORD=NAME such as treadmill=Run, several separated by commas", PAIRS.asMatchPredicate());
    }

    @Override
    public Optional<String> read(String text) {
      return Optional.of(text).filter(line -> singleLine(line) && shape.test(line));
    }
  }

  /**
   * A line that must not be shown in messages.
   *
   * @param shape accepts valid lines
   */
  record Secret(String allowed, Predicate<String> shape) implements Kind<String> {
    private static final int LONGEST = 8192;

    static Secret any() {
      return new Secret("one line of at most " + LONGEST + " characters", line -> true);
    }

    /** The address of an HTTP server, which may have a path and a query. */
    static Secret address() {
      return new Secret(
          "an address such as https://www.example.org/path?key=value, without user name",
          line -> Kind.address(line).isPresent());
    }

    @Override
    public Optional<String> read(String text) {
      return Optional.of(text)
          .filter(line -> singleLine(line) && line.length() <= LONGEST && shape.test(line));
    }

    @Override
    public boolean secret() {
      return true;
    }

    @Override
    public String shown(String text) {
      return "invalid (not shown, because it is a secret)";
    }
  }

  /** A TCP port; 0 selects any free one. */
  record Port() implements Kind<Integer> {
    @Override
    public Optional<Integer> read(String text) {
      return wholeNumber(text, 0, 65_535).map(Long::intValue);
    }

    @Override
    public String allowed() {
      return "a port from 0 to 65535, 0 for any free one";
    }
  }

  /**
   * A file or folder; a relative path starts at the working directory, {@code ~/} at the home
   * folder.
   */
  record File() implements Kind<Path> {
    @Override
    public Optional<Path> read(String text) {
      try {
        return Optional.of(text).filter(Kind::singleLine).map(Path::of);
      } catch (InvalidPathException unusable) {
        return Optional.empty();
      }
    }

    @Override
    public String allowed() {
      return "a path in the file system";
    }
  }

  /** The address of an HTTP server, stored without a slash at its end. */
  record Url() implements Kind<URI> {
    @Override
    public Optional<URI> read(String text) {
      return Kind.address(text.replaceFirst("/+$", ""))
          .filter(url -> url.getRawQuery() == null && url.getRawFragment() == null);
    }

    @Override
    public String allowed() {
      return "an address such as https://www.example.org/path, http or https, without user name,"
          + " ? and #";
    }

    @Override
    public String shown(String text) {
      return Shown.quoted(Shown.withoutPasswords(text));
    }
  }

  /** The JDBC address of a supported database. */
  record DatabaseUrl() implements Kind<String> {
    private static final Pattern SHAPE = Pattern.compile("jdbc:(sqlite|postgresql):\\S.*");

    @Override
    public Optional<String> read(String text) {
      return Optional.of(text).filter(url -> singleLine(url) && SHAPE.matcher(url).matches());
    }

    @Override
    public String allowed() {
      return "jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE";
    }

    @Override
    public String shown(String text) {
      return Shown.quoted(Shown.withoutPasswords(text));
    }
  }

  /** A whole number within inclusive bounds. */
  record WholeNumber(int least, int most) implements Kind<Integer> {
    @Override
    public Optional<Integer> read(String text) {
      return wholeNumber(text, least, most).map(Long::intValue);
    }

    @Override
    public String allowed() {
      return "a whole number from " + least + " to " + most;
    }
  }

  /** A number of bytes within inclusive bounds; also written {@code 32KB}, {@code 256MB}. */
  record ByteSize(long least, long most) implements Kind<Long> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,15}) ?(|KB|MB|GB)");

    @Override
    public Optional<Long> read(String text) {
      Matcher matcher = SHAPE.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      long unit =
          switch (matcher.group(2)) {
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            default -> 1L;
          };
      long number = Long.parseLong(matcher.group(1));
      return Optional.of(number)
          .filter(count -> count <= most / unit)
          .map(count -> count * unit)
          .filter(bytes -> bytes >= least);
    }

    @Override
    public String allowed() {
      return "a number of bytes from %d to %d, also as 32KB, 256MB, 1GB".formatted(least, most);
    }
  }

  /** A positive duration. */
  record TimeSpan() implements Kind<Duration> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(3650);

    @Override
    public Optional<Duration> read(String text) {
      Matcher matcher = SHAPE.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      long number = Long.parseLong(matcher.group(1));
      Duration span =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      return Optional.of(span)
          .filter(found -> found.compareTo(Duration.ZERO) > 0 && found.compareTo(LONGEST) <= 0);
    }

    @Override
    public String allowed() {
      return "a time such as 20ms, 30s, 5m, 1h or 2d, above zero and at most 3650d";
    }

    /** Uses the largest exact unit; Camel reads the same notation. */
    @Override
    public String write(Duration value) {
      long millis = value.toMillis();
      if (millis % 86_400_000 == 0) {
        return millis / 86_400_000 + "d";
      }
      if (millis % 3_600_000 == 0) {
        return millis / 3_600_000 + "h";
      }
      if (millis % 60_000 == 0) {
        return millis / 60_000 + "m";
      }
      return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
  }

  /** A time zone by its name. */
  record TimeZone() implements Kind<ZoneId> {
    @Override
    public Optional<ZoneId> read(String text) {
      try {
        return Optional.of(ZoneId.of(text));
      } catch (DateTimeException unknown) {
        return Optional.empty();
      }
    }

    @Override
    public String allowed() {
      return "a time zone such as Europe/Berlin, UTC or +02:00";
    }
  }

  /** The delays before the next attempts. */
  record BackoffSchedule() implements Kind<List<Duration>> {
    private static final int LONGEST = 50;
    private static final TimeSpan DELAY = new TimeSpan();

    @Override
    public Optional<List<Duration>> read(String text) {
      List<Optional<Duration>> delays =
          Arrays.stream(text.split(",", -1)).map(String::strip).map(DELAY::read).toList();
      return Optional.of(delays.stream().flatMap(Optional::stream).toList())
          .filter(found -> found.size() == delays.size() && found.size() <= LONGEST);
    }

    @Override
    public String allowed() {
      return "one to " + LONGEST + " times such as 20ms, 30s, 5m, 1h or 2d, separated by commas";
    }

    @Override
    public String write(List<Duration> value) {
      return String.join(",", value.stream().map(DELAY::write).toList());
    }
  }

  /** One of a few words. */
  record Choice(List<String> words) implements Kind<String> {
    @Override
    public Optional<String> read(String text) {
      return Optional.of(text).filter(words::contains);
    }

    @Override
    public String allowed() {
      return String.join(" or ", words);
    }
  }

  /**
   * One or more distinct words, separated by commas or spaces.
   *
   * @param word the pattern of a word
   * @param allowed the same as text
   */
  record Words(Pattern word, String allowed) implements Kind<List<String>> {
    private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*|\\s+");

    static Words outOf(String... words) {
      return new Words(
          Pattern.compile(String.join("|", words)),
          "one or more of " + String.join(", ", words) + ", separated by commas");
    }

    @Override
    public Optional<List<String>> read(String text) {
      List<String> words = Arrays.asList(SEPARATOR.split(text.strip(), -1));
      boolean each = words.stream().allMatch(found -> word.matcher(found).matches());
      boolean distinct = new HashSet<>(words).size() == words.size();
      return Optional.of(words).filter(found -> each && distinct);
    }

    @Override
    public String write(List<String> value) {
      return String.join(",", value);
    }
  }

  /** The address of an HTTP server, without user name. */
  private static Optional<URI> address(String text) {
    try {
      return Optional.of(new URI(text))
          .filter(url -> Set.of("http", "https").contains(String.valueOf(url.getScheme())))
          .filter(url -> url.getHost() != null && url.getRawUserInfo() == null);
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  private static boolean singleLine(String text) {
    return text.codePoints().noneMatch(Character::isISOControl);
  }

  private static Optional<Long> wholeNumber(String text, long least, long most) {
    return Optional.of(text)
        .filter(digits -> WHOLE_NUMBER.matcher(digits).matches())
        .map(Long::valueOf)
        .filter(number -> number >= least && number <= most);
  }
}
