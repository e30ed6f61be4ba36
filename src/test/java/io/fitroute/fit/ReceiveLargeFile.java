package io.fitroute.fit;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes, compresses, receives and checks a large file; run in a small heap. */
public final class ReceiveLargeFile {
  private ReceiveLargeFile() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long size = Long.parseLong(arguments[1]);
    Path file = folder.resolve("large.fit");
    MessageLayout layout =
        MessageLayout.of(20).field(253, BaseType.UINT32).field(5, BaseType.UINT32).build();
    FitMessage message = new FitMessage(layout);
    try (FitWriter writer = FitWriter.create(file)) {
      for (long record = 0; record < size / (layout.size() + 1); record++) {
        writer.write(message.setStored(253, record).setStored(5, record));
      }
      writer.finish();
    }
    Path packed = folder.resolve("large.fit.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed), 1 << 16)) {
      Files.copy(file, gzip);
    }
    try (InputStream source = Files.newInputStream(packed)) {
      ReceivedFile received =
          new FileReceiver(new FitCheck(), 2 * size).receive(source, folder.resolve("received"));
      System.out.print(received.fit().orElseThrow().records());
    }
  }
}
