package io.fitroute.fit;

import java.util.Arrays;
import java.util.Optional;

/** Makers of watches, bike computers, trainers and programs whose files are met most often. */
public enum Manufacturer {
  GARMIN(1, "Garmin"),
  SUUNTO(23, "Suunto"),
  WAHOO_FITNESS(32, "Wahoo"),
  CONCEPT2(40, "Concept2"),
  SIGMASPORT(70, "Sigma"),
  TOMTOM(71, "TomTom"),
  TACX(89, "Tacx"),
  STRYD(95, "Stryd"),
  BRYTON_SENSORS(112, "Bryton"),
  IGPSPORT(115, "iGPSPORT"),
  POLAR_ELECTRO(123, "Polar"),
  DEVELOPMENT(FileId.DEVELOPMENT, "development"),
  LEZYNE(258, "Lezyne"),
  ZWIFT(260, "Zwift"),
  STRAVA(265, "Strava"),
  BRYTON(267, "Bryton"),
  SRAM(268, "SRAM"),
  TRAINER_ROAD(281, "TrainerRoad"),
  HAMMERHEAD(289, "Hammerhead"),
  COROS(294, "COROS"),
  FORM(309, "FORM"),
  DECATHLON(310, "Decathlon"),
  MYWHOOSH(331, "MyWhoosh"),
  ZEPP(339, "Zepp"),
  PELOTON(340, "Peloton"),
  HUAWEI(348, "Huawei");

  private final int number;
  private final String title;

  Manufacturer(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** The one with this number in FIT's profile, if it is among those here. */
  public static Optional<Manufacturer> of(int number) {
    return Arrays.stream(values())
        .filter(manufacturer -> manufacturer.number == number)
        .findFirst();
  }

  /** The number in FIT's profile. */
  public int number() {
    return number;
  }

  /** The name to show to people. */
  public String title() {
    return title;
  }
}
