package io.fitroute.strava.activity;

import io.fitroute.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.Variable;

/** Decides which activities are wanted by Strava's {@code sport_type}; case is ignored. */
public final class WantedSportTypes {

  /** The values of Strava's old field {@code type} for newer sport types. */
  private static final Map<String, String> OLD_WORDS =
      Map.of(
          "TrailRun", "Run",
          "VirtualRun", "Run",
          "MountainBikeRide", "Ride",
          "GravelRide", "Ride",
          "EMountainBikeRide", "EBikeRide",
          "VirtualRow", "Rowing");

  private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]{1,63}");

  private final Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param wanted sport types, or {@code *} for all
   */
  public WantedSportTypes(List<String> wanted) {
    this.wanted.addAll(wanted);
  }

  /** Takes the sport types from the settings. */
  public static WantedSportTypes of(Settings settings) {
    return new WantedSportTypes(settings.list("strava.sport-types"));
  }

  /** Whether an activity of this sport type is unwanted. */
  public boolean isUnwanted(@Variable("activity") Activity activity) {
    return isUnwanted(activity.sportType());
  }

  /** Whether a text looks like one of Strava's types, of which there are more every year. */
  static boolean isWord(String type) {
    return WORD.matcher(type).matches();
  }

  /** Whether a {@code type} in an update may stand for a sport type. */
  static boolean isWordFor(String type, String sportType) {
    return type.equals(sportType) || type.equals(OLD_WORDS.get(sportType));
  }

  boolean isUnwanted(String sportType) {
    return !wanted.contains("*") && !wanted.contains(sportType);
  }
}
