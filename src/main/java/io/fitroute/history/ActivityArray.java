package io.fitroute.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.ledger.Ledger;
import io.fitroute.strava.Activities;
import io.fitroute.strava.Activity;
import io.fitroute.strava.StravaRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file with an array of activities as the API gives them, summary or detailed: what it says is
 * known then without a request. It is read one activity at a time.
 */
public final class ActivityArray {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 200;

  private ActivityArray() {}

  /** What became of it; {@code refused} says of each that is not taken why. */
  public record Result(int taken, List<Refused> refused) {

    /** One that is not taken, by its place in the array, from 1 on. */
    public record Refused(int number, String reason) {}
  }

  /** Whether a file holds an array of objects. */
  public static boolean isIn(Path file) {
    try (InputStream bytes = Files.newInputStream(file);
        JsonParser json = JSON.createParser(bytes)) {
      return json.nextToken() == JsonToken.START_ARRAY
          && json.nextToken() == JsonToken.START_OBJECT;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Takes the activities of a file into the ledger; what is known in more detail stays.
   *
   * @param ledger empty to change nothing
   * @param owner whose those are that do not say it
   * @throws IOException if it cannot be read to its end; what came before that was taken
   */
  public static Result take(
      Path file,
      Optional<Ledger> ledger,
      Activities activities,
      Optional<String> owner,
      Instant now)
      throws IOException {
    List<Result.Refused> refused = new ArrayList<>();
    List<JsonNode> waiting = new ArrayList<>();
    int number = 0;
    try (InputStream bytes = Files.newInputStream(file);
        JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        JsonNode entry = JSON.readTree(json);
        number++;
        Optional<String> why = refusal(entry, owner, now);
        if (why.isPresent()) {
          refused.add(new Result.Refused(number, why.get()));
        } else {
          waiting.add(entry);
        }
        if (waiting.size() == AT_ONCE) {
          record(waiting, ledger, activities, owner, now);
        }
      }
    }
    record(waiting, ledger, activities, owner, now);
    return new Result(number - refused.size(), refused);
  }

  private static Optional<String> refusal(JsonNode entry, Optional<String> owner, Instant now) {
    try {
      Activity activity = Activity.of(entry, now);
      return athlete(activity, owner).isEmpty()
          ? Optional.of("it does not say whose it is: connect its athlete first")
          : Optional.empty();
    } catch (StravaRefusal incomplete) {
      return Optional.of(incomplete.getMessage());
    }
  }

  private static Optional<String> athlete(Activity activity, Optional<String> owner) {
    return activity.athleteId().isEmpty() ? owner : Optional.of(activity.athleteId());
  }

  private static void record(
      List<JsonNode> entries,
      Optional<Ledger> ledger,
      Activities activities,
      Optional<String> owner,
      Instant now) {
    ledger.ifPresent(
        known ->
            known.write(
                jdbc -> {
                  for (JsonNode entry : entries) {
                    Activity activity = Activity.of(entry, now);
                    activities.seed(jdbc, activity, entry, athlete(activity, owner).orElseThrow());
                  }
                  return entries.size();
                }));
    entries.clear();
  }
}
