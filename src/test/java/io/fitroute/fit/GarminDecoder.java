package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.garmin.fit.Decode;
import com.garmin.fit.FitDecoder;
import com.garmin.fit.FitMessages;
import com.garmin.fit.plugins.ActivityFileValidationPlugin;
import com.garmin.fit.plugins.ActivityFileValidationResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

/** Reads files with Garmin's SDK, which shares no code with our writer. */
public final class GarminDecoder {
  private static final Set<ActivityFileValidationResult.Status> GOOD =
      Set.of(
          ActivityFileValidationResult.Status.PASSED, ActivityFileValidationResult.Status.SKIPPED);

  private GarminDecoder() {}

  /** Decodes an activity and checks that Garmin's validator finds no error. */
  public static FitMessages decodeValid(Path file) throws IOException {
    return decodeValid(file, result -> true);
  }

  /** As {@link #decodeValid(Path)}, of a file that does not know its local time. */
  public static FitMessages decodeValidInUtc(Path file) throws IOException {
    return decodeValid(file, result -> !result.toString().contains("Local Timestamp"));
  }

  private static FitMessages decodeValid(
      Path file, Predicate<? super ActivityFileValidationResult> counts) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertThat(isIntact(bytes)).isTrue();
    ActivityFileValidationPlugin validator = new ActivityFileValidationPlugin();
    FitMessages messages = new FitDecoder().decode(new ByteArrayInputStream(bytes), validator);
    assertThat(validator.getResults())
        .isNotEmpty()
        .filteredOn(counts::test)
        .allSatisfy(result -> assertThat(result.getStatus()).as(result.toString()).isIn(GOOD));
    return messages;
  }

  /** Decodes any FIT file. */
  public static FitMessages decode(byte[] bytes) {
    return new FitDecoder().decode(new ByteArrayInputStream(bytes));
  }

  /** Whether Garmin's SDK accepts headers, sizes and checksums. */
  public static boolean isIntact(byte[] bytes) {
    try {
      return new Decode().checkFileIntegrity(new ByteArrayInputStream(bytes));
    } catch (ArrayIndexOutOfBoundsException | ClassCastException e) {
      // Garmin's decoder crashes on definitions of excessive size or wrong type
      return false;
    }
  }
}
