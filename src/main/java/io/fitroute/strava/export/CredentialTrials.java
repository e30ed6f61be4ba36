package io.fitroute.strava.export;

import io.fitroute.system.SystemServices;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets one caller at a time try a credential that is not known to work, while the others wait for
 * the result. A credential that does not work then costs one request, however many callers need it.
 */
final class CredentialTrials {

  private final SystemServices services;
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
  private final Set<String> proven = ConcurrentHashMap.newKeySet();
  private final Map<String, String> unanswered = new ConcurrentHashMap<>();

  CredentialTrials(SystemServices services) {
    this.services = services;
  }

  /** A turn at trying a credential, which must be closed. */
  interface Trial extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a turn to try a credential, unless it is known to work.
   *
   * @param credential its name
   */
  Trial begin(String credential) throws InterruptedException {
    if (proven.contains(credential)) {
      return () -> {};
    }
    Semaphore turn = turns.computeIfAbsent(credential, name -> new Semaphore(1));
    services.acquire(turn);
    return turn::release;
  }

  /** Records that a credential works. */
  void worked(String credential) {
    proven.add(credential);
    unanswered.remove(credential);
  }

  /**
   * Records an activity for which a credential obtained neither a file nor a clear refusal.
   *
   * @return whether it is the only one since the credential last worked
   */
  boolean isOnlyOne(String credential, String activityId) {
    String first = unanswered.putIfAbsent(credential, activityId);
    return first == null || first.equals(activityId);
  }

  /** Records that a credential does not work, or no longer. */
  void failed(String credential) {
    proven.remove(credential);
    unanswered.remove(credential);
  }
}
