// SPDX-License-Identifier: MIT
import PostgresLink
import SystemCalls

/// A PostgreSQL database, by way of a process that links libpq; what reads can change nothing.
///
/// libpq cannot be linked statically, and would cost every task the start of its twenty libraries.
package final class PostgresDatabase: SQLDatabase {
  /// What a session needs besides an address.
  package struct Session: Sendable {
    /// Where spool-postgres lies.
    package let program: String
    /// `NAME=value` each; libpq reads `PGPASSFILE`, `PGSSLMODE` and others.
    package let environment: [String]
    /// Where names without one are looked for.
    package var schema: String?
    /// When nobody waits any more: the server stops by itself soon after.
    package var deadline: Timestamp?

    package init(program: String, environment: [String]) {
      self.program = program
      self.environment = environment
    }
  }

  /// How much longer than its deadline a statement may run: the task's own way of ending it comes first.
  private static let grace: Duration = .seconds(2)
  /// How long a connection is used for further jobs: what the server looks at when one begins, such
  /// as a password, it looks at again after that.
  private static let longestUse: Duration = .seconds(600)

  package let dialect = SQLDialect.postgresql
  private let address: PostgresAddress
  private var session: Session
  let isCancelled: () -> Bool
  /// Nil after a statement that was left in the middle.
  private var helper: PostgresHelper?
  private let opened = SystemClock.monotonic()
  /// Nobody has asked since the last job.
  private var hasRested = false

  /// - Parameter isCancelled: asked while a statement runs; true ends it, in the server too, with `interrupted`.
  package init(
    _ address: PostgresAddress, _ session: Session,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(SQLError) {
    self.address = address
    self.session = session
    self.isCancelled = isCancelled
    helper = try connected(isCancelled)
  }

  package func read(
    _ statement: SQLStatement, _ visit: (any SQLRow) throws(SQLError) -> Void
  ) throws(SQLError) {
    let (request, helper) = (try request(for: statement), try taken(isCancelled))
    try helper.send(request)
    let row = PostgresRow()
    while true {
      var answer = try helper.next(isCancelled)
      switch answer.kind {
      case .row:
        row.begin(answer)
        try visit(row)
      case .end: return give(back: helper)
      case .failure:
        give(back: helper)
        throw error(&answer)
      case .connect, .read, .write, .forget, .connected, .written: throw helper.nonsense
      }
    }
  }

  /// For one request; what is not read to its end is thrown away with its process.
  func taken(_ isCancelled: () -> Bool) throws(SQLError) -> PostgresHelper {
    if hasRested { try wake(isCancelled) }
    defer { helper = nil }
    return if let helper { helper } else { try connected(isCancelled) }
  }

  func give(back helper: PostgresHelper) { self.helper = helper }

  package func resumes(until deadline: Timestamp?) -> Bool {
    session.deadline = deadline
    hasRested = true
    return SystemClock.monotonic() - opened < Self.longestUse.nanoseconds
  }

  /// Nothing that a statement has left in the session reaches the next job; where the server has gone
  /// meanwhile, it may have come back.
  private func wake(_ isCancelled: () -> Bool) throws(SQLError) {
    hasRested = false
    guard let helper else { return }
    self.helper = nil
    var request = FrameWriter()
    request.begin(.forget)
    request.end()
    do throws(SQLError) {
      try helper.send(request)
      if try helper.next(isCancelled).kind == .end { self.helper = helper }
    } catch {
      // A new connection tells more.
      if error == .interrupted { throw error }
    }
  }

  private func connected(_ isCancelled: () -> Bool) throws(SQLError) -> PostgresHelper {
    let helper = try PostgresHelper(session.program, environment: session.environment)
    var request = FrameWriter()
    request.begin(.connect)
    for (name, value) in [("client_encoding", "UTF8")] + address.settings {
      request.append(name)
      request.append(value)
    }
    request.end()
    try helper.send(request)
    var answer = try helper.next(isCancelled)
    guard answer.kind == .connected else { throw error(&answer) }
    return helper
  }

  private func request(for statement: SQLStatement) throws(SQLError) -> FrameWriter {
    var request = FrameWriter()
    request.begin(.read)
    try request.append(statement)
    request.append(settings)
    request.end()
    return request
  }

  var settings: [(name: String, value: String)] {
    var settings: [(name: String, value: String)] = []
    if let schema = session.schema {
      settings.append(("search_path", schema))
    }
    if let deadline = session.deadline {
      let rest = deadline - SystemClock.now() + Self.grace
      settings.append(("statement_timeout", "\(max(1, Int(rest / .milliseconds(1))))"))
    }
    return settings
  }

  func error(_ answer: inout FrameReader) -> SQLError {
    let kind = answer.byte().flatMap(PostgresFailure.Kind.init)
    let reason = answer.text() ?? ""
    return switch kind {
    case .unavailable, nil: .unavailable(server: address.description, reason: reason)
    case .denied: .denied(server: address.description, reason: reason)
    case .refused: .refused(reason: reason)
    case .statement: .statement(reason: reason)
    case .interrupted: .interrupted
    case .notWritable: .notWritable(place: address.description, reason: reason)
    }
  }
}
