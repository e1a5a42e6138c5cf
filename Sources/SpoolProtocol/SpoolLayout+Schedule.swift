// SPDX-License-Identifier: MIT

/// What the clock keeps.
extension SpoolLayout {
  package var schedule: String { "\(root)/.cron" }

  /// Held by the clock while it lives.
  package var clockLock: String { "\(schedule)/.lock" }

  /// Up to when a line of the crontab has been dealt with.
  package func stamp(ofLine key: String) -> String { "\(schedule)/\(key)\(Self.stampSuffix)" }

  package static let stampSuffix = ".stamp"

  /// A job that is about to be dropped; it leaves this place with the very rename that drops it.
  package func prepared(_ id: JobID) -> String { "\(schedule)/\(JobName(id: id))" }
}
