package io.fitroute.simulator;

import java.util.Map;
import java.util.Set;

/** How Strava maps {@code sport_type} to the deprecated {@code type}. */
final class SportTypes {

  private static final Map<String, String> FOLDED =
      Map.of(
          "TrailRun", "Run",
          "MountainBikeRide", "Ride",
          "GravelRide", "Ride",
          "EMountainBikeRide", "EBikeRide",
          "VirtualRow", "Rowing");

  /** The deprecated enumeration as in Strava's specification of 2026. */
  private static final Set<String> LEGACY =
      Set.of(
          "AlpineSki",
          "BackcountrySki",
          "Canoeing",
          "Crossfit",
          "EBikeRide",
          "Elliptical",
          "Golf",
          "Handcycle",
          "Hike",
          "IceSkate",
          "InlineSkate",
          "Kayaking",
          "Kitesurf",
          "NordicSki",
          "Ride",
          "RockClimbing",
          "RollerSki",
          "Rowing",
          "Run",
          "Sail",
          "Skateboard",
          "Snowboard",
          "Snowshoe",
          "Soccer",
          "StairStepper",
          "StandUpPaddling",
          "Surfing",
          "Swim",
          "Velomobile",
          "VirtualRide",
          "VirtualRun",
          "Walk",
          "WeightTraining",
          "Wheelchair",
          "Windsurf",
          "Workout",
          "Yoga");

  private SportTypes() {}

  /** The deprecated type of a sport type; {@code Workout} if it has none. */
  static String legacyType(String sportType) {
    String folded = FOLDED.getOrDefault(sportType, sportType);
    return LEGACY.contains(folded) ? folded : "Workout";
  }
}
