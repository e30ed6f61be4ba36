package io.fitroute.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DotEnvTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NAME=value                   | value",
        "export NAME=value            | value",
        "export   NAME=value          | value",
        "NAME = value                 | value",
        "NAME=two words               | two words",
        "NAME=value # comment         | value",
        "NAME=a#b                     | a#b",
        "NAME=#b                      | #b",
        "NAME= # only a comment       | ``",
        "NAME=                        | ``",
        "NAME=''                      | ``",
        "NAME='a # b'                 | a # b",
        "NAME='a # b'   # comment     | a # b",
        "NAME='a\\nb'                 | a\\nb",
        "NAME=\"a # b\"               | a # b",
        "NAME=\"say \\\"yes\\\"\"     | say \"yes\"",
        "NAME=\"back\\\\slash\"       | back\\slash",
        "NAME=\"a\\$b\"               | a\\$b",
        "NAME=a=b                     | a=b",
        "NAME=it's                    | it's",
        "NAME=${OTHER}                | ${OTHER}",
      })
  void takesTheValueOfALine(String line, String value) {
    assertThat(DotEnv.parse(line)).containsExactly(entry("NAME", value, 1));
  }

  @Test
  void countsLinesWhateverEndsThem() {
    assertThat(DotEnv.parse("\uFEFF# first\r\n\r\nA=1\r\n  # fourth\n  B=2\rC=3"))
        .containsExactly(entry("A", "1", 3), entry("B", "2", 5), entry("C", "3", 6));
  }

  @Test
  void escapesAreOnlyReadInDoubleQuotes() {
    assertThat(DotEnv.parse("A=\"1\\n2\\t3\\r\"\nB=1\\n2"))
        .containsExactly(entry("A", "1\n2\t3\r", 1), entry("B", "1\\n2", 2));
  }

  @Test
  void theLastLineOfANameWins() {
    assertThat(DotEnv.parse("A=1\nA=2")).containsExactly(entry("A", "2", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "=hunter2",
        "1NAME=hunter2",
        "NA ME=hunter2",
        "NAME: hunter2",
        "NAME='hunter2",
        "NAME=\"hunter2",
        "NAME=\"hunter2\\\"",
        "NAME='hunter2' hunter2",
        "NAME=\"hunter2\"hunter2",
      })
  void refusesAMalformedLineByItsNumberAndKeepsItsContentSecret(String line) {
    assertThatThrownBy(() -> DotEnv.parse("# first\n\n" + line + "\nA=1"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(".env line 3 ")
        .hasMessageNotContaining("hunter2")
        .message()
        .doesNotContain("\n");
  }

  @Property
  void readsBackWhatWasWrittenInDoubleQuotes(@ForAll String value) {
    String escaped =
        value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");

    assertThat(DotEnv.parse("NAME=\"" + escaped + "\" # comment").get("NAME").value())
        .isEqualTo(value);
  }

  @Property
  void readsBackWhatWasWrittenInSingleQuotes(@ForAll("withoutSingleQuote") String value) {
    assertThat(DotEnv.parse("export NAME = '" + value + "'").get("NAME").value()).isEqualTo(value);
  }

  @Property
  void anyTextIsReadOrRefusedInOneLine(@ForAll String text) {
    try {
      DotEnv.parse(text);
    } catch (InvalidSetting refused) {
      assertThat(refused.getMessage()).startsWith(".env line ").doesNotContain("\n");
    }
  }

  @Provide
  Arbitrary<String> withoutSingleQuote() {
    return Arbitraries.strings().excludeChars('\'', '\n', '\r');
  }

  private static Map.Entry<String, DotEnv.Entry> entry(String name, String value, int line) {
    return Map.entry(name, new DotEnv.Entry(value, line));
  }
}
