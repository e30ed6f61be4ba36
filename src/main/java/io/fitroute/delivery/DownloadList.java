package io.fitroute.delivery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another tool's list of downloads: {@code
 * {"downloaded_activities":[{"activity_id","download_time","file_path"}]}}.
 */
public final class DownloadList {

  /** Bytes; enough for forty thousand activities, one a day for a hundred years. */
  private static final int LARGEST = 8 << 20;

  private static final String LIST = "downloaded_activities";

  private static final int LONGEST_TEXT = 4096;
  private static final ObjectMapper JSON = new ObjectMapper();

  private DownloadList() {}

  /**
   * An activity as written in the list.
   *
   * @param activityId empty if missing
   * @param downloadTime empty if missing
   * @param filePath empty if missing
   */
  public record Entry(String activityId, String downloadTime, String filePath) {}

  /**
   * Reads a list.
   *
   * @throws IOException if it cannot be read or is not such a list; the message says why
   */
  public static List<Entry> read(Path file) throws IOException {
    try (JsonParser json = JSON.createParser(bytes(file))) {
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      while (isObject && json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isList = json.currentName().equals(LIST);
        if (json.nextToken() == JsonToken.START_ARRAY && isList) {
          return entries(json);
        }
        json.skipChildren();
      }
    } catch (JsonProcessingException e) {
      throw new IOException("it is not JSON", e);
    }
    throw new IOException(
        "it is not of the form {\"downloaded_activities\":[{\"activity_id\":...,"
            + "\"download_time\":...,\"file_path\":...}]}");
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("it is larger than " + LARGEST + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    }
  }

  private static List<Entry> entries(JsonParser json) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      JsonNode entry = JSON.readTree(json);
      entries.add(
          new Entry(
              text(entry, "activity_id"), text(entry, "download_time"), text(entry, "file_path")));
    }
    return entries;
  }

  private static String text(JsonNode entry, String field) {
    JsonNode value = entry.path(field);
    String text = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    return text.length() <= LONGEST_TEXT ? text : "";
  }
}
