package io.fitroute.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Dates in the table of a bulk export: in UTC, in the account's language, and in forms that change.
 * They only count where a file does not say when it began; what is not understood is left alone.
 */
final class TableDates {

  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u202F]+");
  private static final List<DateTimeFormatter> FORMS =
      Stream.of("MMM d, yyyy, h:mm:ss a", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy, HH:mm:ss")
          .map(
              form ->
                  new DateTimeFormatterBuilder()
                      .parseCaseInsensitive()
                      .appendPattern(form)
                      .toFormatter(Locale.US))
          .toList();

  private TableDates() {}

  static Optional<Instant> read(String date) {
    String text = BLANKS.matcher(date.strip()).replaceAll(" ");
    return FORMS.stream().flatMap(form -> parsed(text, form)).findFirst();
  }

  private static Stream<Instant> parsed(String text, DateTimeFormatter form) {
    try {
      return Stream.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException otherForm) {
      return Stream.empty();
    }
  }
}
