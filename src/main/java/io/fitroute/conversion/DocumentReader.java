package io.fitroute.conversion;

import io.fitroute.text.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads GPX and TCX with the JDK's own StAX parser. There is no library between: those for GPX
 * build a tree of each point's extensions, and none reads TCX.
 *
 * <p>The document may come from anybody: document types and entities are refused, and its depth,
 * its texts, its size and the number of its points are bounded. Namespaces are not resolved, since
 * programs spell their prefixes as they like, and forget to declare them.
 */
final class DocumentReader {

  /** Almost six days at one point a second. */
  static final int MOST_POINTS = 500_000;

  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 1 << 16;

  private final DocumentText document;
  private final Deque<String> path = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();

  private DocumentReader(DocumentText document) {
    this.document = document;
  }

  private static XMLInputFactory parsers() {
    XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
    parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    parsers.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return parsers;
  }

  /**
   * Reads a document up to the end of its root element.
   *
   * @param bytes are left open
   */
  static SourceActivity read(InputStream bytes) throws IOException, CannotConvert {
    DocumentText document = DocumentText.of(bytes);
    return new DocumentReader(document).read();
  }

  private SourceActivity read() throws IOException, CannotConvert {
    try {
      XMLStreamReader parser = parsers().createXMLStreamReader(document);
      try {
        return read(parser);
      } finally {
        parser.close();
      }
    } catch (XMLStreamException e) {
      throw refusal(e);
    }
  }

  private SourceActivity read(XMLStreamReader parser) throws XMLStreamException, CannotConvert {
    int event = parser.next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      refuseDeclarations(event);
      event = parser.next();
    }
    Elements elements = elements(name(parser));
    start(parser, elements);
    while (!path.isEmpty()) {
      event = parser.next();
      document.parsed();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> start(parser, elements);
        case XMLStreamConstants.END_ELEMENT -> end(elements);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> addText(parser);
        default -> refuseDeclarations(event);
      }
    }
    return elements.activity();
  }

  private static Elements elements(String root) throws CannotConvert {
    return switch (root) {
      case "gpx" -> new GpxElements();
      case "TrainingCenterDatabase" -> new TcxElements();
      default ->
          throw new CannotConvert(
              "it is neither GPX nor TCX: its root element is " + Plain.line(root));
    };
  }

  private void start(XMLStreamReader parser, Elements elements) throws CannotConvert {
    if (path.size() == DEEPEST) {
      throw new CannotConvert("its elements are nested more than %d deep".formatted(DEEPEST));
    }
    String name = name(parser);
    elements.start(name, parent(), attribute -> attribute(parser, attribute));
    path.push(name);
    text.setLength(0);
  }

  private void end(Elements elements) throws CannotConvert {
    String name = path.pop();
    elements.end(name, parent(), text.toString());
    text.setLength(0);
  }

  private String parent() {
    return path.isEmpty() ? "" : path.peek();
  }

  private void addText(XMLStreamReader parser) throws CannotConvert {
    if (text.length() + parser.getTextLength() > LONGEST_TEXT) {
      throw new CannotConvert("a text of it has more than %d characters".formatted(LONGEST_TEXT));
    }
    text.append(parser.getTextCharacters(), parser.getTextStart(), parser.getTextLength());
  }

  private static void refuseDeclarations(int event) throws CannotConvert {
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new CannotConvert(
          "it declares a document type or uses an entity, which is not allowed");
    }
  }

  private static String name(XMLStreamReader parser) {
    return withoutPrefix(parser.getLocalName());
  }

  private static String attribute(XMLStreamReader parser, String name) {
    for (int index = 0; index < parser.getAttributeCount(); index++) {
      if (withoutPrefix(parser.getAttributeLocalName(index)).equals(name)) {
        return parser.getAttributeValue(index);
      }
    }
    return "";
  }

  private static String withoutPrefix(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private static CannotConvert refusal(XMLStreamException failure) throws IOException {
    if (failure.getNestedException() instanceof DocumentText.TooLong tooLong) {
      return new CannotConvert(tooLong.getMessage());
    }
    if (failure.getNestedException() instanceof IOException unreadable) {
      throw unreadable;
    }
    return new CannotConvert(
        "it is damaged or incomplete: no well-formed XML at line %d, column %d"
            .formatted(
                failure.getLocation().getLineNumber(), failure.getLocation().getColumnNumber()));
  }
}
