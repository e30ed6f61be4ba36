package io.fitroute.strava.export.streams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the response to {@code GET /activities/ID/streams} in either shape: an object of streams by
 * type, as returned for {@code key_by_type=true}, or a list of streams with a type. Unknown types
 * are ignored.
 *
 * <p>Reads the response in one pass and keeps only the numbers.
 */
public final class StreamSetReader {

  /** Almost six days at one point a second; 50 MB at most. */
  private static final int MOST_POINTS = 500_000;

  private static final long LARGEST_ANSWER = 32L << 20;

  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(LARGEST_ANSWER)
                  .maxNestingDepth(20)
                  .maxNumberLength(100)
                  .build())
          .build();

  /**
   * Reads a response to its end.
   *
   * @return {@link StreamSet#NONE} for a response without points
   * @throws CannotSynthesise if the streams are inconsistent or have invalid contents
   * @throws IOException if it cannot be read or is not JSON
   */
  public StreamSet read(InputStream answer) throws IOException, CannotSynthesise {
    Map<StreamType, double[]> columns = new EnumMap<>(StreamType.class);
    try (JsonParser parser = json.createParser(answer)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        readByType(parser, columns);
      } else if (first == JsonToken.START_ARRAY) {
        readList(parser, columns);
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        throw new CannotSynthesise("the streams are neither an object nor a list");
      }
      if (first != null && parser.nextToken() != null) {
        throw new CannotSynthesise("there is extra content after the streams");
      }
    }
    return aligned(columns);
  }

  private static void readByType(JsonParser parser, Map<StreamType, double[]> columns)
      throws IOException, CannotSynthesise {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Optional<StreamType> type = StreamType.of(parser.currentName());
      if (parser.nextToken() == JsonToken.START_OBJECT && type.isPresent()) {
        readStream(parser, type, columns);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void readList(JsonParser parser, Map<StreamType, double[]> columns)
      throws IOException, CannotSynthesise {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        readStream(parser, Optional.empty(), columns);
      } else {
        parser.skipChildren();
      }
    }
  }

  /**
   * @param key the type under which the stream is listed; if empty, the stream itself must state it
   */
  private static void readStream(
      JsonParser parser, Optional<StreamType> key, Map<StreamType, double[]> columns)
      throws IOException, CannotSynthesise {
    Optional<StreamType> type = key;
    Column column = new Column(MOST_POINTS);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("data") && value == JsonToken.START_ARRAY) {
        readData(parser, column);
      } else if (field.equals("type") && key.isEmpty() && value == JsonToken.VALUE_STRING) {
        type = StreamType.of(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    if (type.isPresent() && column.size() > 0) {
      columns.put(type.get(), column.of(type.get()));
    }
  }

  private static void readData(JsonParser parser, Column column)
      throws IOException, CannotSynthesise {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      switch (token) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> column.add(number(parser));
        case VALUE_TRUE -> column.add(1);
        case VALUE_FALSE -> column.add(0);
        case START_ARRAY -> readPair(parser, column);
        default -> {
          parser.skipChildren();
          column.addUnknown();
        }
      }
    }
  }

  /** A pair with a missing half is unknown. */
  private static void readPair(JsonParser parser, Column column)
      throws IOException, CannotSynthesise {
    double[] pair = {Double.NaN, Double.NaN};
    int found = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isNumeric() && found < pair.length) {
        pair[found] = number(parser);
      } else {
        parser.skipChildren();
      }
      found++;
    }
    if (found == pair.length) {
      column.add(pair[0], pair[1]);
    } else {
      column.addUnknown();
    }
  }

  private static double number(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    return Double.isFinite(number) ? number : Double.NaN;
  }

  private static StreamSet aligned(Map<StreamType, double[]> columns) throws CannotSynthesise {
    StringBuilder lengths = new StringBuilder();
    int size = -1;
    boolean equal = true;
    for (Map.Entry<StreamType, double[]> column : columns.entrySet()) {
      StreamType type = column.getKey();
      int length = column.getValue().length / (type == StreamType.POSITION ? 2 : 1);
      equal &= size < 0 || size == length;
      size = length;
      lengths.append(lengths.isEmpty() ? "" : ", ").append(type.key()).append(' ').append(length);
    }
    if (!equal) {
      throw new CannotSynthesise("the streams have different lengths: " + lengths);
    }
    return columns.isEmpty() ? StreamSet.NONE : new StreamSet(size, columns);
  }
}
