package io.fitroute.archive;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.fitroute.archive.SourceFile.Content;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The table {@code activities.csv} of a bulk export. Its headers are in the account's language,
 * their number and order vary, and names repeat, so columns are recognised by their content. In
 * every language the first four are the ID, the date, the title and the sport type, and one cell of
 * each row names the file.
 */
final class ActivityTable {

  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");
  private static final Pattern FILE = Pattern.compile("activities/\\S+|#error#");

  /** The number of leading columns that are the same in every language. */
  private static final int DESCRIBING = 4;

  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_FIELD = 1 << 20;

  private ActivityTable() {}

  /**
   * The rows of activities.
   *
   * @param trouble why the rest of the table could not be read; empty if all of it was read
   */
  record Table(List<ExportRow> rows, String trouble) {}

  /**
   * Reads a table.
   *
   * @param files the names of the files in the export
   * @throws IOException if the table cannot be read at all
   */
  static Table read(Content content, Set<String> files) throws IOException {
    Charset charset = isUtf8(content) ? StandardCharsets.UTF_8 : Charset.forName("GB18030");
    List<ExportRow> rows = new ArrayList<>();
    try (InputStream bytes = content.open();
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(new EscapedQuotes(new InputStreamReader(bytes, charset)))) {
      for (CsvRecord row : csv) {
        List<String> cells = row.getFields();
        String id = cells.get(0).strip().replace("\uFEFF", "");
        if (ID.matcher(id).matches()) {
          rows.add(
              new ExportRow(
                  id, cell(cells, 1), cell(cells, 2), cell(cells, 3), file(cells, files)));
        }
      }
      return new Table(rows, "");
    } catch (CsvParseException | UncheckedIOException e) {
      return new Table(rows, "activities.csv cannot be read to its end: " + e.getMessage());
    }
  }

  private static boolean isUtf8(Content content) throws IOException {
    try (Reader text =
        new BufferedReader(
            new InputStreamReader(content.open(), StandardCharsets.UTF_8.newDecoder()))) {
      text.transferTo(Writer.nullWriter());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String cell(List<String> cells, int column) {
    String text = column < cells.size() ? cells.get(column).strip() : "";
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  /**
   * The last match wins, because titles and descriptions, which may look like a path, precede the
   * file's column.
   */
  private static String file(List<String> cells, Set<String> files) {
    List<String> found = cells.stream().skip(DESCRIBING).filter(FILE.asMatchPredicate()).toList();
    return found.stream()
        .filter(files::contains)
        .reduce((one, later) -> later)
        .or(() -> found.stream().reduce((one, later) -> later))
        .orElse("");
  }
}
