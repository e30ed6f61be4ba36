package io.fitroute.simulator;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The athletes and their browser sessions. */
final class Accounts {

  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<Long, SimulatedAthlete> athletes = new ConcurrentHashMap<>();
  private final Map<String, Long> sessions = new ConcurrentHashMap<>();
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  Accounts(Clock clock) {
    this.clock = clock;
  }

  private record Remembered(long athleteId, Instant until) {}

  void add(SimulatedAthlete athlete) {
    athletes.put(athlete.id(), athlete);
  }

  Optional<SimulatedAthlete> find(long id) {
    return Optional.ofNullable(athletes.get(id));
  }

  /**
   * The athlete with an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  SimulatedAthlete get(long id) {
    return find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no athlete " + id + " at the fake Strava, there are " + athletes.keySet()));
  }

  /** All athletes by id. */
  Collection<SimulatedAthlete> all() {
    return athletes.values().stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
  }

  /** Opens a browser session and returns the value of its {@code _strava4_session} cookie. */
  String openSession(long athleteId) {
    get(athleteId);
    String value = randomHex(16);
    sessions.put(value, athleteId);
    return value;
  }

  /**
   * The token of a remembered login: a JWT with the athlete as {@code sub} and its expiry as {@code
   * exp}.
   */
  String rememberToken(long athleteId) {
    get(athleteId);
    Instant until = clock.instant().plus(REMEMBERED);
    String claims = "{\"sub\":" + athleteId + ",\"exp\":" + until.getEpochSecond() + "}";
    String token =
        String.join(".", List.of(base64("{\"alg\":\"HS256\"}"), base64(claims), randomHex(16)));
    remembered.put(token, new Remembered(athleteId, until));
    return token;
  }

  /** Ends every session and remembered login of an athlete. */
  void closeSessions(long athleteId) {
    sessions.values().removeIf(owner -> owner == athleteId);
    remembered.values().removeIf(login -> login.athleteId() == athleteId);
  }

  /** The athlete whose browser sent these cookies; empty if they are not valid. */
  Optional<Long> ofCookies(Map<String, String> cookies) {
    Optional<Long> session =
        Optional.ofNullable(cookies.get("_strava4_session")).map(sessions::get);
    return session.or(() -> ofRememberPair(cookies));
  }

  private Optional<Long> ofRememberPair(Map<String, String> cookies) {
    String id = cookies.getOrDefault("strava_remember_id", "");
    return Optional.ofNullable(cookies.get("strava_remember_token"))
        .map(remembered::get)
        .filter(login -> login.until().isAfter(clock.instant()))
        .map(Remembered::athleteId)
        .filter(owner -> id.equals(Long.toString(owner)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String randomHex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
