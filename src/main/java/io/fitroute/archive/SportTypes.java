package io.fitroute.archive;

import io.fitroute.fit.Sport;
import io.fitroute.strava.export.streams.SportTable;
import java.util.Optional;
import java.util.regex.Pattern;

/** Strava's sport types of files. */
final class SportTypes {

  private static final String UNKNOWN = "unknown";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{1,64}");

  private SportTypes() {}

  /**
   * The sport type that a table names in English, as its owner has it; empty in another language.
   */
  static Optional<String> ofTable(String type) {
    String word = BLANKS.matcher(type).replaceAll("");
    return SportTable.wantedSportTypes().stream().filter(word::equalsIgnoreCase).findFirst();
  }

  /** What a table says in English; otherwise what the file says; otherwise the table's word. */
  static String of(Optional<String> type, Optional<Sport> sport) {
    return type.flatMap(SportTypes::ofTable)
        .or(() -> sport.flatMap(SportTable::sportType))
        .or(() -> type.filter(WORD.asMatchPredicate()))
        .orElse(UNKNOWN);
  }
}
