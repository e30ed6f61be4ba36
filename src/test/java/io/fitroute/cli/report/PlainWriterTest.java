package io.fitroute.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PlainWriterTest {

  private final StringWriter terminal = new StringWriter();
  private final PlainWriter out = new PlainWriter(terminal);

  @Test
  void whatDoesSomethingToATerminalDoesNotReachIt() throws IOException {
    out.write("a\u001B]0;owned\u0007b\u009B2Jc\u202Ed\u001B[2J");

    assertThat(terminal).hasToString("a ]0;owned b 2Jc d [2J");
  }

  @Test
  void coloursAndTheLineThatIsWrittenOverReachIt() throws IOException {
    String ours = "\u001B[1;31mfailed\u001B[0m\r\u001B[K1 of 2\n\tä🏃";
    out.write(ours.toCharArray());
    out.write('\u0085');

    assertThat(terminal).hasToString(ours + " ");
  }
}
