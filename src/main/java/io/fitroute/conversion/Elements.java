package io.fitroute.conversion;

import java.util.function.UnaryOperator;

/** What takes in a document, element by element. Names are without the prefix of a namespace. */
interface Elements {

  /**
   * An element begins.
   *
   * @param parent the element around it; empty for the root
   * @param attributes the text of an attribute by its name; empty if there is no such attribute
   */
  void start(String name, String parent, UnaryOperator<String> attributes) throws CannotConvert;

  /**
   * An element ends.
   *
   * @param parent the element around it; empty for the root
   * @param text what stands between its last tag and its end
   */
  void end(String name, String parent, String text) throws CannotConvert;

  /** The document as a whole. */
  SourceActivity activity() throws CannotConvert;
}
