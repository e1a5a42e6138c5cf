// SPDX-License-Identifier: MIT

/// What PostgreSQL refused, told apart by what can be done about it.
package struct PostgresFailure: Error, Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// Nobody answers, or not now: the same may work later.
    case unavailable
    /// The server does not let us in; somebody has to change the settings.
    case denied
    /// The statement would do more than read.
    case refused
    case statement
    /// It was cancelled, or took longer than it may.
    case interrupted
    /// Rows can be read, and not changed: by this role, or on this server.
    case notWritable
  }

  package let kind: Kind
  package let reason: String
  /// Nil where it is not the server's, or the connection was lost.
  private var state: String?

  package init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }

  /// Of a statement; the codes are PostgreSQL's, appendix A of its manual.
  ///
  /// - Parameter state: nil where the connection was lost.
  package init(ofStatement state: String?, _ reason: String) {
    self.init(Self.kind(ofStatement: state), reason)
    self.state = state
  }

  /// The same where rows were to be changed.
  package var whileWriting: PostgresFailure {
    switch state {
    // A transaction that may only read, a role without the right, a server that follows another one.
    case "25006", "42501", "0A000": PostgresFailure(.notWritable, reason)
    default: self
    }
  }

  /// Of a connection that was not made; nil where no server spoke.
  package init(ofConnection state: String?, _ reason: String) {
    let isPassing = state.map { ["08", "53", "57"].contains($0.prefix(2)) } ?? true
    self.init(isPassing ? .unavailable : .denied, reason)
  }

  private static func kind(ofStatement state: String?) -> Kind {
    switch state {
    case nil: return .unavailable
    case "57014": return .interrupted
    case "25006": return .refused
    // A lock that was not to be had, and a statement that somebody else's stood in the way of.
    case "55P03", "40001", "40P01": return .unavailable
    case .some(let state):
      return ["08", "53", "57", "58"].contains(state.prefix(2)) ? .unavailable : .statement
    }
  }
}
