package io.fitroute.fit;

/**
 * What a lap or a session came to. {@link Double#NaN} stands for what is not known; a value that
 * FIT cannot hold is written as not known, too.
 *
 * @param distance metres; in FIT to 0.01 m
 * @param averageSpeed metres per second; in FIT to 0.001 m/s
 * @param maximumSpeed metres per second; in FIT to 0.001 m/s
 * @param ascent metres climbed; in FIT to the metre
 * @param descent metres lost; in FIT to the metre
 * @param averageHeartRate beats per minute, 0 to 254
 * @param maximumHeartRate beats per minute, 0 to 254
 * @param averageCadence turns of one pedal or steps of one leg per minute, 0 to 254; in FIT to
 *     1/128
 * @param maximumCadence turns of one pedal or steps of one leg per minute, 0 to 254; in FIT to
 *     1/128
 * @param averagePower watts, 0 to 65,534
 * @param maximumPower watts, 0 to 65,534
 * @param calories kilocalories, 0 to 65,534
 */
public record Summary(
    double distance,
    double averageSpeed,
    double maximumSpeed,
    double ascent,
    double descent,
    double averageHeartRate,
    double maximumHeartRate,
    double averageCadence,
    double maximumCadence,
    double averagePower,
    double maximumPower,
    double calories) {

  /** A summary to fill, of which nothing is known yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets the values of a summary by name. Units are those of {@link Summary}. */
  public static final class Builder {
    private double distance = Double.NaN;
    private double averageSpeed = Double.NaN;
    private double maximumSpeed = Double.NaN;
    private double ascent = Double.NaN;
    private double descent = Double.NaN;
    private double averageHeartRate = Double.NaN;
    private double maximumHeartRate = Double.NaN;
    private double averageCadence = Double.NaN;
    private double maximumCadence = Double.NaN;
    private double averagePower = Double.NaN;
    private double maximumPower = Double.NaN;
    private double calories = Double.NaN;

    private Builder() {}

    public Builder distance(double metres) {
      distance = metres;
      return this;
    }

    public Builder speed(double average, double maximum) {
      averageSpeed = average;
      maximumSpeed = maximum;
      return this;
    }

    public Builder ascent(double metres) {
      ascent = metres;
      return this;
    }

    public Builder descent(double metres) {
      descent = metres;
      return this;
    }

    public Builder heartRate(double average, double maximum) {
      averageHeartRate = average;
      maximumHeartRate = maximum;
      return this;
    }

    public Builder cadence(double average, double maximum) {
      averageCadence = average;
      maximumCadence = maximum;
      return this;
    }

    public Builder power(double average, double maximum) {
      averagePower = average;
      maximumPower = maximum;
      return this;
    }

    public Builder calories(double kilocalories) {
      calories = kilocalories;
      return this;
    }

    public Summary build() {
      return new Summary(
          distance,
          averageSpeed,
          maximumSpeed,
          ascent,
          descent,
          averageHeartRate,
          maximumHeartRate,
          averageCadence,
          maximumCadence,
          averagePower,
          maximumPower,
          calories);
    }
  }
}
