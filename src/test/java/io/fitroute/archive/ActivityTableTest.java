package io.fitroute.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ActivityTableTest {

  private static List<ExportRow> rows(byte[] table) throws IOException {
    return ActivityTable.read(() -> new ByteArrayInputStream(table), Set.of()).rows();
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  @Property
  void everyRowOfAnOrderlyTableIsFound(
      @ForAll @Size(min = 1, max = 5)
          List<
                  @Chars({'"', '\\', ',', ' ', '\n', 'a', '\u00FC', '\u5B57'})
                  @StringLength(max = 12) String>
              titles,
      @ForAll boolean chinese)
      throws IOException {
    Charset charset = chinese ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
    String table =
        titles.stream()
            .map(
                title ->
                    "17,when," + quoted(title) + ",Lauf," + quoted(title) + ",activities/1.fit")
            .collect(Collectors.joining("\n"));

    assertThat(rows(table.getBytes(charset)))
        .hasSameSizeAs(titles)
        .allSatisfy(row -> assertThat(row.file()).isEqualTo("activities/1.fit"))
        .extracting(ExportRow::id)
        .containsOnly("17");
    if (!chinese) {
      assertThat(rows(table.getBytes(charset)))
          .extracting(ExportRow::name)
          .containsExactlyElementsOf(titles.stream().map(String::strip).toList());
    }
  }

  @Property
  void noBytesLeadToAnythingUnexpected(@ForAll byte[] bytes) throws IOException {
    assertThat(rows(bytes)).allSatisfy(row -> assertThat(row.id()).matches("[1-9][0-9]*"));
  }

  @Test
  void quotesThatAreEscapedWithABackslashEndNoCell() throws IOException {
    String table =
        "17,x,\"He said \\\"go, now\\\", then left\",Run,\"\\\\\",activities/1.fit\n18,x";

    assertThat(rows(table.getBytes(StandardCharsets.UTF_8)))
        .extracting(ExportRow::name)
        .containsExactly("He said \\\"go, now\\\", then left", "");
  }

  @Test
  void aFieldWithoutEndCostsBoundedMemoryAndIsReported() throws IOException {
    byte[] table = ("17,x\n18,\"" + "x".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8);

    ActivityTable.Table read = ActivityTable.read(() -> new ByteArrayInputStream(table), Set.of());

    assertThat(read.rows()).hasSize(1);
    assertThat(read.trouble()).startsWith("activities.csv cannot be read to its end: ");
  }
}
