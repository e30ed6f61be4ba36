package io.fitroute.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The list of downloads in the form that older scripts read: {@code
 * {"downloaded_activities":[{"activity_id","download_time","file_path"}]}}. It mirrors the ledger's
 * deliveries to the sink {@code file} and is replaced atomically whenever they change. Entries of
 * activities the ledger does not know are kept.
 */
public final class StateFile implements Consumer<Delivery> {

  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = "downloaded_activities";
  private static final String ID = "activity_id";

  private final Path file;
  private final Path base;
  private final Ledger ledger;
  private final List<JsonNode> older;
  private final Lock lock;
  private final AtomicLong asked = new AtomicLong();
  private long answered;

  /**
   * Reads the existing file; if it is not such a list, it is moved aside.
   *
   * @param file where to keep the list
   * @param base the folder of the file sink
   */
  public StateFile(Path file, Path base, Ledger ledger, SystemServices services) {
    this.file = file.toAbsolutePath();
    this.base = base;
    this.ledger = ledger;
    this.lock = services.newLock();
    this.older = older();
  }

  private List<JsonNode> older() {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<JsonNode> entries = new ArrayList<>();
    try {
      for (JsonNode entry : JSON.readTree(file.toFile()).path(LIST)) {
        entries.add(entry);
      }
    } catch (JsonProcessingException e) {
      putAside();
    } catch (IOException e) {
      LOG.warn("{} could not be read: {}", file, e.getMessage());
    }
    return entries;
  }

  private void putAside() {
    Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
    LOG.warn("{} is not JSON; it is now {}", file, aside.getFileName());
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} could not be renamed: {}", file, e.getMessage());
    }
  }

  @Override
  public void accept(Delivery delivery) {
    write();
  }

  /**
   * Rewrites the file; callers that arrive during a write share the next one. A failure is logged,
   * because the delivery itself stands.
   */
  public void write() {
    long mine = asked.incrementAndGet();
    lock.lock();
    try {
      if (answered < mine) {
        answered = asked.get();
        replace();
      }
    } finally {
      lock.unlock();
    }
  }

  private void replace() {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(temporary)) {
        write(out);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | DataAccessException e) {
      LOG.warn("{} could not be written: {}", file, e.getMessage());
    }
  }

  private void write(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeArrayFieldStart(LIST);
      List<Map<String, Object>> rows = deliveries();
      Set<String> known = new HashSet<>();
      rows.forEach(row -> known.add((String) row.get(ID)));
      for (JsonNode entry : older) {
        if (!known.contains(entry.path(ID).asText())) {
          json.writeTree(entry);
        }
      }
      for (Map<String, Object> row : rows) {
        json.writeStartObject();
        json.writeNumberField(ID, Long.parseLong((String) row.get(ID)));
        json.writeStringField(
            "download_time",
            Instant.ofEpochMilli(((Number) row.get("delivered_at")).longValue()).toString());
        json.writeStringField("file_path", base.resolve((String) row.get("path")).toString());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private List<Map<String, Object>> deliveries() {
    return ledger
        .read()
        .sql(
            "select activity_id, path, delivered_at from delivery where sink = 'file'"
                + " order by delivered_at, activity_id")
        .query()
        .listOfRows();
  }
}
