package io.fitroute.text;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\u0007", "\b", "\u001B", "\u007F", "\u0085", "\u009B", "\u009F", "\u061C",
        "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202E", "\u2066", "\u2069"
      })
  void nothingIsLeftThatMovesTheCursorOrTurnsTheDirection(String character) {
    assertThat(Plain.line("a" + character + "b")).isEqualTo("a b");
    assertThat(Plain.lines("a" + character + "b")).isEqualTo("a b");
    assertThat(Plain.isUnprintable(character.charAt(0))).isTrue();
  }

  @Test
  void whatPeopleWriteStays() {
    String title = "Läufe 朝ラン 🏃‍♀️ مساء";
    assertThat(Plain.line(title)).isEqualTo(title);
    assertThat(Plain.lines(title)).isEqualTo(title);
    assertThat(Plain.json(title)).isEqualTo(title);
  }

  @Test
  void aLineThatSomebodyElseBeginsIsSeenToBeNone() {
    assertThat(Plain.lines("a\r\n2026-11-29 ERROR b\tc\n"))
        .isEqualTo("a\n  2026-11-29 ERROR b\tc\n");
  }

  @Test
  void jsonSaysTheSame() {
    assertThat(Plain.json("{\"a\":\"\u009B2J\u202E\"}\n"))
        .isEqualTo("{\"a\":\"\\u009b2J\\u202e\"}\n");
  }

  /** Uses the program's own logging configuration. */
  @Test
  void theLogIsPlain() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(PlainTest.class.getResource("/logback.xml"));
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").iteratorForAppenders().next();
    LoggingEvent event =
        new LoggingEvent(
            "x",
            context.getLogger("io.fitroute"),
            Level.WARN,
            "title \u009B2J\u202E\n2026 ERROR",
            new IOException("\u001B]0;owned\u0007"),
            null);

    String line = new String(console.getEncoder().encode(event));

    assertThat(line)
        .contains("title  2J \n  2026 ERROR\n", "java.io.IOException:  ]0;owned ", "\tat ")
        .endsWith("\n")
        .doesNotContain("\u009B", "\u202E", "\u001B", "\u0007");
    assertThat(line.split("IOException", -1)).hasSize(2);
  }
}
