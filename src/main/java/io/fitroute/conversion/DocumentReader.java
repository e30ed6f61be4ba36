package io.fitroute.conversion;

import io.fitroute.text.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads GPX and TCX with the JDK's StAX parser. No library is used, because those for GPX build a
 * tree of each point's extensions, and none reads TCX.
 *
 * <p>Documents are untrusted: document types and entities are rejected, and the depth, text length,
 * size and number of points are bounded. Namespaces are not resolved, because many programs use
 * arbitrary prefixes or do not declare them.
 */
final class DocumentReader {

  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 1 << 16;

  private final ActivityElements elements = new ActivityElements();
  private final Deque<String> path = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();

  private DocumentReader() {}

  /**
   * Reads a document up to the end of its root element.
   *
   * @param bytes the document; not closed
   */
  static DocumentActivity read(InputStream bytes) throws IOException, CannotConvert {
    return new DocumentReader().parse(DocumentText.of(bytes));
  }

  private DocumentActivity parse(DocumentText document) throws IOException, CannotConvert {
    XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
    parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    parsers.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    try {
      XMLStreamReader parser = parsers.createXMLStreamReader(document);
      int event;
      do {
        event = parser.next();
        take(event, parser);
        document.parsed();
      } while (event != XMLStreamConstants.END_ELEMENT || !path.isEmpty());
      return elements.activity();
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof DocumentText.TooLong tooLong) {
        throw new CannotConvert(tooLong.getMessage());
      }
      if (e.getNestedException() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new CannotConvert(
          "it is not well-formed XML: line %d, column %d"
              .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber()));
    }
  }

  private void take(int event, XMLStreamReader parser) throws CannotConvert {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start(parser);
      case XMLStreamConstants.END_ELEMENT -> {
        String name = path.pop();
        elements.end(name, path.isEmpty() ? "" : path.peek(), text.toString());
        text.setLength(0);
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> addText(parser);
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new CannotConvert(
              "it declares a document type or uses an entity, which is not allowed");
      default -> {
        // comments, processing instructions and the like
      }
    }
  }

  private void start(XMLStreamReader parser) throws CannotConvert {
    String name = withoutPrefix(parser.getLocalName());
    if (path.isEmpty() && !name.equals("gpx") && !name.equals("TrainingCenterDatabase")) {
      throw new CannotConvert("it is neither GPX nor TCX: its root element is " + Plain.line(name));
    }
    if (path.size() == DEEPEST) {
      throw new CannotConvert("its elements are nested more than %d deep".formatted(DEEPEST));
    }
    elements.start(name, attribute -> attribute(parser, attribute));
    path.push(name);
    text.setLength(0);
  }

  private void addText(XMLStreamReader parser) throws CannotConvert {
    if (text.length() + parser.getTextLength() > LONGEST_TEXT) {
      throw new CannotConvert(
          "an element's text has more than %d characters".formatted(LONGEST_TEXT));
    }
    text.append(parser.getTextCharacters(), parser.getTextStart(), parser.getTextLength());
  }

  private static String attribute(XMLStreamReader parser, String name) {
    return IntStream.range(0, parser.getAttributeCount())
        .filter(index -> withoutPrefix(parser.getAttributeLocalName(index)).equals(name))
        .mapToObj(parser::getAttributeValue)
        .findFirst()
        .orElse("");
  }

  private static String withoutPrefix(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
