package io.fitroute.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.api.StravaRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file with an array of activities in the API's format, summary or detailed. Its data becomes
 * known without requests. It is read one activity at a time.
 */
public final class ActivityArray {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ActivityArray() {}

  /** A rejected entry: its position in the array, from 1, and the reason. */
  public record Refused(int number, String reason) {}

  /** The number of activities taken and the rejected entries. */
  public record Result(int taken, List<Refused> refused) {}

  /** Whether a file contains an array of objects. */
  public static boolean isIn(Path file) {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      return json.nextToken() == JsonToken.START_ARRAY
          && json.nextToken() == JsonToken.START_OBJECT;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Imports the activities of a file into the ledger; rows with more details stay unchanged.
   *
   * @param ledger empty to change nothing
   * @param owner the athlete of activities that do not state one
   * @throws IOException if it cannot be read to its end; the activities before that were taken
   */
  public static Result take(
      Path file,
      Optional<Ledger> ledger,
      Activities activities,
      Optional<String> owner,
      Instant now)
      throws IOException {
    List<Refused> refused = new ArrayList<>();
    int number = 0;
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        number++;
        try {
          JsonNode entry = JSON.readTree(json);
          seed(entry, ledger, activities, owner, now);
        } catch (StravaRefusal | IllegalArgumentException incomplete) {
          refused.add(new Refused(number, incomplete.getMessage()));
        }
      }
    }
    return new Result(number - refused.size(), refused);
  }

  private static void seed(
      JsonNode entry,
      Optional<Ledger> ledger,
      Activities activities,
      Optional<String> owner,
      Instant now) {
    Activity activity = Activity.of(entry, now);
    String athlete =
        Optional.of(activity.athleteId())
            .filter(id -> !id.isEmpty())
            .or(() -> owner)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "it does not contain its athlete: connect that athlete first"));
    ledger.ifPresent(known -> known.write(jdbc -> activities.seed(jdbc, activity, entry, athlete)));
  }
}
