// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Dispatcher {
  /// Removes the keys of `unique` jobs that nobody needs any more.
  ///
  /// Not where more jobs wait than can be looked at in some milliseconds: it has time until they are fewer.
  func sweepUniqueKeys() {
    for (queue, backlog) in backlogs {
      guard let queue, backlog.isWhole else { continue }
      do {
        try spool.sweepUniqueKeys(of: queue, at: SystemClock.now())
      } catch {
        // What cannot be removed is in nobody's way.
        report("\(error)", .error)
      }
    }
  }
}
