package io.fitroute.text;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/**
 * {@code %plain(...)} in a pattern of logback: logged text cannot move the cursor or fake a line.
 */
public final class PlainLog extends CompositeConverter<ILoggingEvent> {

  @Override
  protected String transform(ILoggingEvent event, String text) {
    return Plain.lines(text);
  }
}
