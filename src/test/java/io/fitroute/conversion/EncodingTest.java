package io.fitroute.conversion;

import static io.fitroute.conversion.Samples.convert;
import static io.fitroute.conversion.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which encodings a document may come, and with what before its first tag. */
class EncodingTest {

  private static String document(String declaration) {
    return declaration
        + "<gpx><trk><name>晨跑 Zürich</name><trkseg>"
        + point(0, 48, 11, "")
        + "</trkseg></trk></gpx>";
  }

  private static String name(byte[] document) throws Exception {
    return convert(document).messages().getSessionMesgs().get(0).getSportProfileName();
  }

  @ParameterizedTest
  @CsvSource({
    "'', UTF-8, ''",
    "'', UTF-8, UTF-8",
    "EFBBBF, UTF-8, UTF-8",
    "EFBBBF0D0A, UTF-8, ''",
    "2020202020, UTF-8, UTF-8",
    "0D0A09, UTF-8, UTF-8",
    "'', GB18030, GB18030",
    "2020, GB18030, GB18030",
    "FEFF, UTF-16BE, UTF-16",
    "FFFE, UTF-16LE, UTF-16",
    "FFFE20000A00, UTF-16LE, UTF-16",
    "'', UTF-16BE, UTF-16",
    "'', UTF-16LE, UTF-16",
    "'', UTF-16LE, ''",
    "'', UTF-8, UTF-16"
  })
  void theEncodingIsRecognised(String before, String written, String declared) throws Exception {
    String declaration =
        declared.isEmpty() ? "" : "<?xml version='1.0' encoding='" + declared + "'?>\r\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(HexFormat.of().parseHex(before));
    bytes.write(document(declaration).getBytes(Charset.forName(written)));

    assertThat(name(bytes.toByteArray())).isEqualTo("晨跑 Zürich");
  }

  @Test
  void bytesOfAnotherEncodingThanTheDeclaredOneDoNotFailTheRest() throws Exception {
    byte[] latin =
        document("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
            .replace("晨跑 ", "")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(name(latin)).isEqualTo("Z\uFFFDrich");
  }

  @Test
  void anUnknownEncodingIsNamed() {
    assertThatThrownBy(
            () ->
                convert(
                    document("<?xml version=\"1.0\" encoding=\"EBCDIC-X\"?>")
                        .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CannotConvert.class)
        .hasMessage("its encoding is not known: EBCDIC-X");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\uFEFF", "{}", "FIT", "latitude,longitude"})
  void whatIsNoXmlIsRefused(String text) {
    assertThatThrownBy(() -> convert(text))
        .isInstanceOf(CannotConvert.class)
        .hasMessage("it is not XML");
  }

  @ParameterizedTest
  @CsvSource({"<html><body/></html>, html", "<kml:kml/>, kml"})
  void anotherDocumentIsRefused(String text, String root) {
    assertThatThrownBy(() -> convert(text))
        .isInstanceOf(CannotConvert.class)
        .hasMessage("it is neither GPX nor TCX: its root element is " + root);
  }

  @Test
  void whatFollowsTheRootElementIsNotRead() throws Exception {
    assertThat(name((document("") + "\0\0 and so on").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("晨跑 Zürich");
  }

  @Test
  void commentsAndReferencesAreAllowed() throws Exception {
    String document =
        document("<?xml version='1.0'?>\n<!-- a <gpx> --><?x y?>\n")
            .replace("晨跑 Zürich", "R&amp;D <!-- x --><![CDATA[<1>]]> &#x6668;&#36305;");

    assertThat(name(document.getBytes(StandardCharsets.UTF_8))).isEqualTo("R&D <1> 晨跑");
  }
}
