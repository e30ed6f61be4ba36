package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FileNameTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 7);
  private static final Path BASE = Path.of("/base");

  /** Texts made of everything that is dangerous in a path. */
  @Provide
  Arbitrary<String> nasty() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "..",
            ".",
            "/",
            "\\",
            "//",
            "~",
            "$",
            "{",
            "}",
            "%",
            ":",
            "*",
            "?",
            "\"",
            "<",
            ">",
            "|",
            "\0",
            "\n",
            "\r",
            "\t",
            " ",
            "\u00a0",
            "\u2028",
            "\u202e",
            "\u3000",
            "\ud83d",
            "\ude00",
            "\ud83d\ude00",
            "\ud83d\udc68\u200d\ud83d\udc69",
            "e\u0301",
            "\u00e9",
            "\ufeff",
            "\uffff",
            "a",
            "run",
            ".fit",
            "CON",
            "-",
            "_",
            "${body}",
            "\u0130",
            "\ufb01");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(60).map(list -> String.join("", list)), Arbitraries.strings());
  }

  @Property
  void aTitleIsOneSegmentThatStaysWhereItIs(@ForAll("nasty") String title) {
    String segment = FileName.variables("1", "2", "Run", title, DAY).get("title");

    assertThat(segment).isNotEmpty().doesNotContain("/", "\\", "\0").isNotIn(".", "..");
    assertThat(BASE.resolve(segment).normalize().getParent()).isEqualTo(BASE);
  }

  @Property
  void aPathNeverLeavesItsFolder(@ForAll("nasty") String text) {
    String path;
    try {
      path = FileName.safe(text);
    } catch (IllegalArgumentException nothingLeft) {
      return;
    }

    Path resolved = BASE.resolve(path);
    assertThat(resolved.normalize()).isEqualTo(resolved).isNotEqualTo(BASE);
    assertThat(resolved.startsWith(BASE)).isTrue();
    assertThat(Stream.of(path.split("/", -1)))
        .allSatisfy(
            segment -> {
              assertThat(segment).isNotEmpty().doesNotStartWith(".").doesNotEndWith(".");
              assertThat(segment.strip()).isEqualTo(segment);
              assertThat(segment.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(180);
              assertThat(segment).matches("[^\\p{Cntrl}\\\\:*?\"<>|]+");
              assertThat(Normalizer.isNormalized(segment, Normalizer.Form.NFC)).isTrue();
              assertThat(
                      new String(segment.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                  .isEqualTo(segment);
            });
  }

  @Property
  void makingAPathSafeTwiceChangesNothingMore(@ForAll("nasty") String text) {
    try {
      String path = FileName.safe(text);
      assertThat(FileName.safe(path)).isEqualTo(path);
    } catch (IllegalArgumentException nothingLeft) {
      assertThat(text).doesNotContain("run");
    }
  }

  @Property
  void theEndingStaysHoweverLongTheName(@ForAll("nasty") String title) {
    String long10k = (title + "\ud83c\udfc3x").repeat(10_000 / (title.length() + 3) + 1);

    String path =
        FileName.safe(
            "2026/" + FileName.variables("1", "2", "Run", long10k, DAY).get("title") + ".fit");

    assertThat(path).startsWith("2026/").endsWith(".fit");
    assertThat(path.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(5 + 180);
  }

  @Example
  void aLongNameIsCutToAsManyWholeCharactersAsThereIsRoomForBeforeTheEnding() {
    for (String character : List.of("x", "ü", "€", "🏃")) {
      int bytes = character.getBytes(StandardCharsets.UTF_8).length;

      assertThat(FileName.safe("2026/" + character.repeat(1000) + ".fit"))
          .isEqualTo("2026/" + character.repeat(176 / bytes) + ".fit");
    }
  }

  @Example
  void onlyAShortEndingIsKept() {
    assertThat(FileName.safe("x".repeat(1000) + ".seven77"))
        .isEqualTo("x".repeat(172) + ".seven77");
    assertThat(FileName.safe("x".repeat(1000) + ".eight888")).isEqualTo("x".repeat(180));
  }

  @Example
  void ordinaryNamesStayAsTheyAre() {
    assertThat(FileName.safe("2026/11/16999000111.fit")).isEqualTo("2026/11/16999000111.fit");
    assertThat(FileName.safe("Läufe/Bärbel – 5 km! (Süd) 🏃.fit"))
        .isEqualTo("Läufe/Bärbel – 5 km! (Süd) 🏃.fit");
  }

  @Example
  void theVariablesAreTheDocumentedOnes() {
    Map<String, String> variables =
        FileName.variables("123", "45", "TrailRun", "To/from ../work", DAY);

    assertThat(variables)
        .containsOnly(
            Map.entry("yyyy", "2026"),
            Map.entry("mm", "03"),
            Map.entry("dd", "07"),
            Map.entry("activity_id", "123"),
            Map.entry("athlete_id", "45"),
            Map.entry("sport_type", "TrailRun"),
            Map.entry("title", "To-from ..-work"));
  }

  @Example
  void aTitleOfNothingIsCalledUntitled() {
    assertThat(FileName.variables("1", "2", "Run", " .. ", DAY).get("title")).isEqualTo("untitled");
  }

  @Example
  void digitsAreLatinWhateverTheMachineSpeaks() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(FileName.variables("1", "2", "Run", "x", DAY)).containsEntry("yyyy", "2026");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Example
  void aPathOfNothingIsRefused() {
    assertThatThrownBy(() -> FileName.safe("/../. /"))
        .hasMessage("fit.file-name produces an empty path");
  }
}
