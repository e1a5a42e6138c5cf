// SPDX-License-Identifier: MIT

/// What a ``DirectoryWatch`` tells: where to look. It never tells what will be found there.
package enum Sighting: Hashable, Sendable {
  /// Something befell this name: it was made, written, moved in or removed.
  case look(directory: String, name: String)
  /// From here on the directory is watched; what stands there already is for the consumer to find.
  case watching(directory: String)
  /// The directory was removed or moved, or never was there, and is no longer watched.
  case gone(directory: String)
  /// Anything may have happened anywhere: at the start, after lost events, after a death of spool-watch.
  case scanAll
  /// There are no events for now, for this reason; ``scanAll`` comes every two seconds instead.
  case degraded(reason: String)
}
