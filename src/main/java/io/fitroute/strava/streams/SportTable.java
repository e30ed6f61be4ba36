package io.fitroute.strava.streams;

import io.fitroute.fit.Sport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Strava's sport types in the numbers of FIT's profile: sport, sub-sport, and the sub-sport on a
 * machine (Strava's {@code trainer}) where that is another one. Strava adds types now and then; the
 * FIT numbers are our choice, as neither side says which belong together.
 */
public enum SportTable {
  ALPINE_SKI("AlpineSki", 13, 38),
  BACKCOUNTRY_SKI("BackcountrySki", 13, 37),
  BADMINTON("Badminton", 64, 95),
  BASKETBALL("Basketball", 6, 0),
  CANOEING("Canoeing", 88, 0),
  CRICKET("Cricket", 71, 0),
  CROSSFIT("Crossfit", 10, 0),
  DANCE("Dance", 83, 0),
  E_BIKE_RIDE("EBikeRide", 21, 28),
  ELLIPTICAL("Elliptical", 4, 15),
  E_MOUNTAIN_BIKE_RIDE("EMountainBikeRide", 21, 47),
  GOLF("Golf", 25, 0),
  GRAVEL_RIDE("GravelRide", 2, 46),
  HANDCYCLE("Handcycle", 2, 12),
  HIGH_INTENSITY_INTERVAL_TRAINING("HighIntensityIntervalTraining", 62, 70),
  HIKE("Hike", 17, 0),
  ICE_SKATE("IceSkate", 33, 0),
  INLINE_SKATE("InlineSkate", 30, 0),
  KAYAKING("Kayaking", 41, 0),
  KITESURF("Kitesurf", 44, 0),
  MOUNTAIN_BIKE_RIDE("MountainBikeRide", 2, 8),
  NORDIC_SKI("NordicSki", 12, 0),
  PADEL("Padel", 64, 85),
  PHYSICAL_THERAPY("PhysicalTherapy", 10, 19),
  PICKLEBALL("Pickleball", 64, 84),
  PILATES("Pilates", 10, 44),
  RACQUETBALL("Racquetball", 64, 96),
  RIDE("Ride", 2, 7, 6),
  ROCK_CLIMBING("RockClimbing", 31, 0, 68),
  ROLLER_SKI("RollerSki", 12, 0),
  ROWING("Rowing", 15, 0, 14),
  RUN("Run", 1, 0, 1),
  SAIL("Sail", 32, 0),
  SKATEBOARD("Skateboard", 0, 0),
  SNOWBOARD("Snowboard", 14, 0),
  SNOWSHOE("Snowshoe", 35, 0),
  SOCCER("Soccer", 7, 0),
  SQUASH("Squash", 64, 94),
  STAIR_STEPPER("StairStepper", 4, 16),
  STAND_UP_PADDLING("StandUpPaddling", 37, 0),
  SURFING("Surfing", 38, 0),
  SWIM("Swim", 5, 0),
  TABLE_TENNIS("TableTennis", 64, 97),
  TENNIS("Tennis", 8, 0),
  TRAIL_RUN("TrailRun", 1, 3),
  VELOMOBILE("Velomobile", 2, 10),
  VIRTUAL_RIDE("VirtualRide", 2, 58),
  VIRTUAL_ROW("VirtualRow", 15, 58),
  VIRTUAL_RUN("VirtualRun", 1, 58),
  VOLLEYBALL("Volleyball", 75, 0),
  WALK("Walk", 11, 0, 27),
  WEIGHT_TRAINING("WeightTraining", 10, 20),
  WHEELCHAIR("Wheelchair", 65, 0),
  WINDSURF("Windsurf", 43, 0),
  WORKOUT("Workout", 10, 26),
  YOGA("Yoga", 10, 43);

  private final String sportType;
  private final int sport;
  private final int subSport;
  private final int subSportOnTrainer;

  SportTable(String sportType, int sport, int subSport) {
    this(sportType, sport, subSport, subSport);
  }

  SportTable(String sportType, int sport, int subSport, int subSportOnTrainer) {
    this.sportType = sportType;
    this.sport = sport;
    this.subSport = subSport;
    this.subSportOnTrainer = subSportOnTrainer;
  }

  /** The sport types that Strava had when this table was made. */
  public static List<String> sportTypes() {
    return Arrays.stream(values()).map(row -> row.sportType).toList();
  }

  /** The row of a sport type, if Strava had it when this table was made. */
  static Optional<SportTable> of(String sportType) {
    return Arrays.stream(values()).filter(row -> row.sportType.equals(sportType)).findFirst();
  }

  /**
   * What FIT calls it.
   *
   * @param trainer whether it was done on a machine, as running on a treadmill
   */
  Sport sport(boolean trainer) {
    return new Sport(sport, trainer ? subSportOnTrainer : subSport);
  }
}
