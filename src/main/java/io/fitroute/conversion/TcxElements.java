package io.fitroute.conversion;

import java.util.function.UnaryOperator;

final class TcxElements implements Elements {
  @Override
  public void start(String name, String parent, UnaryOperator<String> attributes) {}

  @Override
  public void end(String name, String parent, String text) {}

  @Override
  public SourceActivity activity() throws CannotConvert {
    throw new CannotConvert("TCX is not read yet");
  }
}
