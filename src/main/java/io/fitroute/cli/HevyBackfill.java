package io.fitroute.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fitroute.cli.report.ExitCode;
import io.fitroute.cli.report.Report;
import io.fitroute.hevy.KeyRefused;
import io.fitroute.hevy.MustWait;
import io.fitroute.hevy.NotAccepted;
import io.fitroute.hevy.NotFound;
import io.fitroute.http.ErrorMessages;
import io.fitroute.runtime.HevyClient;
import io.fitroute.runtime.StravaClient;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Writes past workouts from Hevy to Intervals.icu, page by page. Unchanged workouts cost no
 * request, so the next run continues where the last one stopped.
 */
final class HevyBackfill {

  private static final int LARGEST_PAGE = 10;

  private final List<Duration> waits;
  private final int mostPages;
  private final int pageSize;
  private final boolean dryRun;
  private final Settings settings;
  private final List<HevyBackfillReport.Failed> failed = new ArrayList<>();
  private int created;
  private int updated;
  private int unchanged;

  HevyBackfill(
      Settings settings, Optional<Integer> mostPages, Optional<Integer> pageSize, boolean dryRun) {
    this.settings = settings;
    this.waits = settings.backoffSchedule("retry.failing");
    this.mostPages = required("--max-page", mostPages.orElse(Integer.MAX_VALUE), Integer.MAX_VALUE);
    this.pageSize = required("--page-size", pageSize.orElse(LARGEST_PAGE), LARGEST_PAGE);
    this.dryRun = dryRun;
  }

  private static int required(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw CommandFailure.wrongUsage(
          "found %s %d, allowed is 1 %s"
              .formatted(option, value, most == LARGEST_PAGE ? "to " + most : "or more"));
    }
    return value;
  }

  /**
   * Runs the backfill.
   *
   * @param progress starts the progress display
   * @throws CommandFailure if a service is not available, or no longer
   */
  HevyBackfillReport run(Path home, BiFunction<String, Integer, Progress> progress)
      throws InterruptedException {
    for (String secret : List.of("hevy.api-key", "intervals.api-key")) {
      if (settings.secret(secret).isEmpty()) {
        throw CommandFailure.notConfigured(
            secret + " is not set: docs/hevy.md explains where to find it");
      }
    }
    try (StravaClient stravaClient = StravaClient.open(settings, home)) {
      HevyClient hevy = stravaClient.hevy();
      JsonNode page = page(hevy, 1);
      int pages = Math.min(mostPages, page.path("page_count").asInt());
      try (Progress steps = progress.apply("pages of workouts", pages)) {
        for (int number = 1; !page.path("workouts").isEmpty(); number++) {
          bring(hevy, page.path("workouts"));
          steps.step();
          boolean last = number >= mostPages || number >= page.path("page_count").asInt();
          page = last ? MissingNode.getInstance() : page(hevy, number + 1);
        }
      }
    } catch (KeyRefused refused) {
      throw CommandFailure.notConfigured(refused.getMessage());
    }
    return new HevyBackfillReport(dryRun, created, updated, unchanged, failed);
  }

  /** A page after the last one is missing, because Hevy responds with 404. */
  private JsonNode page(HevyClient hevy, int number) throws InterruptedException {
    return patiently(
        () -> {
          try {
            return hevy.page(number, pageSize);
          } catch (NotFound none) {
            return MissingNode.getInstance();
          }
        });
  }

  private void bring(HevyClient hevy, JsonNode workouts) throws InterruptedException {
    ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
    for (JsonNode workout : workouts) {
      if (hevy.synced().isCurrent(workout)) {
        unchanged++;
      } else {
        wanted.add(workout);
      }
    }
    if (!wanted.isEmpty()) {
      bringAll(hevy, wanted);
    }
  }

  /** Writes workouts together, or one by one if one is refused, so the others are not affected. */
  private void bringAll(HevyClient hevy, ArrayNode workouts) throws InterruptedException {
    int known = 0;
    for (JsonNode workout : workouts) {
      known += hevy.synced().isKnown(id(workout)) ? 1 : 0;
    }
    try {
      if (!dryRun) {
        patiently(
            () -> {
              hevy.upsert(workouts);
              return true;
            });
      }
      updated += known;
      created += workouts.size() - known;
    } catch (NotAccepted refused) {
      if (workouts.size() == 1) {
        failed.add(new HevyBackfillReport.Failed(id(workouts.get(0)), ErrorMessages.of(refused)));
        return;
      }
      for (JsonNode workout : workouts) {
        bringAll(hevy, JsonNodeFactory.instance.arrayNode().add(workout));
      }
    }
  }

  private static String id(JsonNode workout) {
    return workout.path("id").asText();
  }

  /** Retries with the delays of {@code retry.failing}, and after the time a service asks for. */
  private <T> T patiently(Supplier<T> request) throws InterruptedException {
    for (int attempt = 0; ; ) {
      try {
        return request.get();
      } catch (MustWait busy) {
        sleep(Duration.between(Instant.now(), busy.getUntil()));
      } catch (NotAccepted | KeyRefused forGood) {
        throw forGood;
      } catch (RuntimeException trouble) {
        if (attempt == waits.size()) {
          throw CommandFailure.failed(
              "gave up: "
                  + ErrorMessages.of(trouble)
                  + "; run it again later, and it continues where it stopped");
        }
        sleep(waits.get(attempt++));
      }
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.max(0, time.toMillis()));
  }

  /**
   * The result for the workouts.
   *
   * @param dryRun whether nothing was written
   * @param failed the workouts Intervals.icu refused
   */
  record HevyBackfillReport(
      boolean dryRun, int created, int updated, int unchanged, List<Failed> failed)
      implements Report {

    record Failed(String workoutId, String reason) {}

    @Override
    public int exitCode() {
      return failed.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Override
    public void print(PrintWriter out) {
      out.printf(
          "%s%d created, %d updated, %d unchanged, %d failed%n",
          dryRun ? "would be: " : "", created, updated, unchanged, failed.size());
      failed.forEach(one -> out.println("  " + one.workoutId() + "  " + one.reason()));
    }
  }
}
