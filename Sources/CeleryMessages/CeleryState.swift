// SPDX-License-Identifier: MIT

/// The state of a task in Celery's words; an application may have words of its own beside them.
package struct CeleryState: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// What a client takes a missing result for.
  package static let pending = CeleryState(rawValue: "PENDING")
  package static let received = CeleryState(rawValue: "RECEIVED")
  package static let started = CeleryState(rawValue: "STARTED")
  package static let success = CeleryState(rawValue: "SUCCESS")
  package static let failure = CeleryState(rawValue: "FAILURE")
  package static let retry = CeleryState(rawValue: "RETRY")
  package static let revoked = CeleryState(rawValue: "REVOKED")
  /// Nothing of Celery's, but what its manual and most applications call it.
  package static let progress = CeleryState(rawValue: "PROGRESS")

  /// Nothing will come after it.
  package var isReady: Bool { [.success, .failure, .revoked].contains(self) }

  /// Its result is an exception.
  package var isException: Bool { [.failure, .retry, .revoked].contains(self) }
}
