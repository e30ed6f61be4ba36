package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.fit.Sha256;
import io.fitroute.sink.Folder.Connection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink whose folder falsely reports success. */
class FolderSinkTest {

  @TempDir Path folder;
  private final Memory memory = new Memory();

  private Exchange put(Path file, Map<String, Object> headers) throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(file);
    exchange.getMessage().setHeader("file", "1.fit");
    exchange.getMessage().setHeader("temporary", ".1.fit");
    exchange.getMessage().setHeader("sha256", Sha256.of(file));
    headers.forEach(exchange.getMessage()::setHeader);
    new FolderSink(memory).handle(exchange);
    return exchange;
  }

  @Test
  void aFileThatHasNotArrivedWholeIsNotPutInPlace() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    memory.kept = 6;

    assertThatThrownBy(() -> put(file, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("of 10 bytes that were sent, 6 are there");

    assertThat(memory.files).isEmpty();
  }

  @Test
  void aFileThatHasNotArrivedWholeTakesNoOthersPlace() throws Exception {
    Path old = Files.writeString(folder.resolve("old"), "old");
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    put(old, Map.of());
    memory.kept = 6;

    assertThatThrownBy(() -> put(file, Map.of("replaces", Sha256.of(old))))
        .hasMessage("of 10 bytes that were sent, 6 are there");

    assertThat(memory.files.get("1.fit")).asString().isEqualTo("old");
  }

  /** Keeps a limited number of bytes of a file, silently. */
  private static final class Memory implements Folder, Connection {
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private int kept = Integer.MAX_VALUE;

    @Override
    public Connection open() {
      return this;
    }

    @Override
    public Optional<Stored> stat(String path) {
      return Optional.ofNullable(files.get(path))
          .map(content -> new Stored(content.length, Optional.empty()));
    }

    @Override
    public void send(Path file, String path) throws IOException {
      byte[] content = Files.readAllBytes(file);
      files.put(path, Arrays.copyOf(content, Math.min(kept, content.length)));
    }

    @Override
    public InputStream read(String path) {
      return new ByteArrayInputStream(files.get(path));
    }

    @Override
    public boolean rename(String from, String to) {
      if (files.containsKey(to)) {
        return false;
      }
      replace(from, to);
      return true;
    }

    @Override
    public void replace(String from, String to) {
      files.put(to, files.remove(from));
    }

    @Override
    public void remove(String path) {
      files.remove(path);
    }

    @Override
    public void close() {
      // nothing was opened
    }
  }
}
