package io.fitroute.settings;

import java.util.Optional;

/** One place where settings may be written. An earlier place wins over a later one. */
interface Source {
  /**
   * What this place says about a setting; empty when it says nothing.
   *
   * @throws InvalidSetting when it says something contradictory or unreadable
   */
  Optional<Found> find(Setting<?> setting);
}
