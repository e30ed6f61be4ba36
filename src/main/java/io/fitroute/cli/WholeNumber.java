package io.fitroute.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses ids of activities and athletes, which exceed 32 bits. */
final class WholeNumber implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException other) {
      throw new TypeConversionException("found '" + text + "', allowed is a whole number");
    }
  }
}
