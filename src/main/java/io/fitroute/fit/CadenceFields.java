package io.fitroute.fit;

import static io.fitroute.fit.BaseType.UINT8;

/** The two fields of a cadence in FIT: whole revolutions per minute, and the fraction in 1/128. */
record CadenceFields(int whole, int fraction) {
  private static final double FRACTIONS = 128;

  MessageLayout.Builder addTo(MessageLayout.Builder layout) {
    return layout.field(whole, UINT8).field(fraction, UINT8, FRACTIONS, 0);
  }

  void set(FitMessage message, double cadence) {
    double rounded = Math.rint(cadence * FRACTIONS) / FRACTIONS;
    double turns = Math.floor(rounded);
    boolean known = turns >= UINT8.minimum() && turns <= UINT8.maximum();
    message.set(whole, turns).set(fraction, known ? rounded - turns : Double.NaN);
  }
}
