package io.fitroute.monitoring;

import io.fitroute.notice.Notice;
import io.fitroute.notice.Notices;
import io.fitroute.settings.NearestName;
import io.fitroute.settings.Settings;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.export.streams.SportTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Warnings for the user, who can resolve them. They contain neither secrets nor personal data. */
public final class Warnings {

  /** The prefix of the subjects of notices about athletes; {@link #ofAthletes} reports the same. */
  static final String ATHLETE = "athlete ";

  private final Settings settings;
  private final Athletes athletes;
  private final Notices notices;

  public Warnings(Settings settings, Athletes athletes, Notices notices) {
    this.settings = settings;
    this.athletes = athletes;
    this.notices = notices;
  }

  /** The summaries of current notices, which anybody may see. */
  public List<String> ofNotices() {
    return beyondAthletes().map(Notice::summary).toList();
  }

  /** As {@link #ofNotices}, with details for the operator. */
  public List<String> ofNoticesInDetail() {
    return beyondAthletes().map(Notice::detail).toList();
  }

  private Stream<Notice> beyondAthletes() {
    return notices.all().stream().filter(notice -> !notice.subject().startsWith(ATHLETE));
  }

  /** Whether the API application is configured. */
  public boolean isApplicationComplete() {
    return ApiApplication.of(settings).isComplete();
  }

  /** What is missing in the settings, with where to find it. */
  public List<String> ofSettings() {
    return Stream.concat(ofSettings(settings).stream(), ofHevy(settings).stream()).toList();
  }

  /** What is missing or could be better for workouts of Hevy; empty if Hevy is not used. */
  public static List<String> ofHevy(Settings settings) {
    boolean key = settings.secret("hevy.api-key").isPresent();
    boolean token = settings.secret("hevy.webhook-token").isPresent();
    List<String> warnings = new ArrayList<>();
    if (token && !key) {
      warnings.add("HEVY_API_KEY is not set: find it at https://hevy.com/settings?developer");
    }
    if (key && !token) {
      warnings.add(
          "HEVY_WEBHOOK_TOKEN is not set: Hevy's webhook must send the API key; a separate token keeps"
              + " the key out of these requests");
    }
    if (key && settings.secret("intervals.api-key").isEmpty()) {
      warnings.add(
          "INTERVALS_API_KEY is not set: workouts cannot be delivered; find it in the settings of"
              + " Intervals.icu");
    }
    return warnings;
  }

  /** As {@link #ofSettings()}, where nothing but settings is available yet. */
  public static List<String> ofSettings(Settings settings) {
    List<String> warnings = new ArrayList<>();
    if (settings.optionalText("strava.client-id").isEmpty()) {
      warnings.add(
          "STRAVA_CLIENT_ID is not set: it is the Client ID of your API application, see"
              + " https://www.strava.com/settings/api");
    }
    if (settings.secret("strava.client-secret").isEmpty()) {
      warnings.add(
          "STRAVA_CLIENT_SECRET is not set: it is the Client Secret of your API application");
    }
    if (settings.secret("strava.verify-token").isEmpty()) {
      warnings.add(
          "STRAVA_VERIFY_TOKEN is not set: choose any word; without it no webhook"
              + " subscription can be created");
    }
    return warnings;
  }

  /** Wanted sport types that are unknown to this version, each with the nearest known one. */
  public static List<String> ofSportTypes(Settings settings) {
    Set<String> known = SportTable.wantedSportTypes();
    return settings.list("strava.sport-types").stream()
        .filter(type -> !type.equals("*") && known.stream().noneMatch(type::equalsIgnoreCase))
        .map(
            type ->
                "%s (strava.sport-types) is not a known sport type; the nearest is %s"
                    .formatted(type, NearestName.of(type, known).orElseThrow()))
        .toList();
  }

  /** Athletes who are missing or must reconnect. */
  public List<String> ofAthletes() {
    List<Athletes.Athlete> connected = athletes.all();
    if (connected.isEmpty()) {
      return List.of(ofNobody(settings, athletes));
    }
    Map<String, Long> lost =
        connected.stream()
            .map(Athletes.Athlete::mustReconnect)
            .flatMap(Optional::stream)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return lost.entrySet().stream()
        .map(
            reason ->
                reason.getValue()
                    + (reason.getValue() == 1 ? " athlete" : " athletes")
                    + " must reconnect: "
                    + reason.getKey()
                    + "; run ./fitroute connect")
        .toList();
  }

  public static String ofNobody(Settings settings, Athletes athletes) {
    boolean given =
        settings.secret("strava.refresh-token").isPresent()
            || settings.secret("strava.access-token").isPresent();
    if (!given) {
      return "no athlete is connected: run ./fitroute connect";
    }
    return "no athlete is connected: "
        + athletes
            .refusalOfGivenTokens()
            .map(why -> "the configured tokens are unusable, " + why + "; set new ones")
            .orElse("the configured tokens are not in use; see the log");
  }
}
