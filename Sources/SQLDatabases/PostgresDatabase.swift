// SPDX-License-Identifier: MIT
import PostgresLink
import SystemCalls

/// A PostgreSQL database that is only read, by way of a process that links libpq.
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
  private let isCancelled: () -> Bool
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
    helper = try connected()
  }

  package func read(
    _ statement: SQLStatement, _ visit: (any SQLRow) throws(SQLError) -> Void
  ) throws(SQLError) {
    guard !statement.text.utf8.contains(0) else { throw .refused(reason: "a NUL in a statement") }
    if hasRested { try wake() }
    let helper = if let helper { helper } else { try connected() }
    // What is not read to its end is thrown away with its process.
    self.helper = nil
    try helper.send(request(for: statement))
    let row = PostgresRow()
    while true {
      var answer = try helper.next(isCancelled)
      switch answer.kind {
      case .row:
        row.begin(answer)
        try visit(row)
      case .end:
        self.helper = helper
        return
      case .failure:
        self.helper = helper
        throw error(&answer)
      case .connect, .read, .forget, .connected: throw helper.nonsense
      }
    }
  }

  package func resumes(until deadline: Timestamp?) -> Bool {
    session.deadline = deadline
    hasRested = true
    return SystemClock.monotonic() - opened < Self.longestUse.nanoseconds
  }

  /// Nothing that a statement has left in the session reaches the next job; where the server has gone
  /// meanwhile, it may have come back.
  private func wake() throws(SQLError) {
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

  private func connected() throws(SQLError) -> PostgresHelper {
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

  private func request(for statement: SQLStatement) -> FrameWriter {
    var request = FrameWriter()
    request.begin(.read)
    request.append(statement.numbered)
    request.append(UInt8(clamping: statement.parameters.count))
    for parameter in statement.parameters {
      guard let text = parameter.postgresText else {
        request.append(0)
        continue
      }
      request.append(1)
      request.append(text)
    }
    for (name, value) in settings {
      request.append(name)
      request.append(value)
    }
    request.end()
    return request
  }

  private var settings: [(name: String, value: String)] {
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

  private func error(_ answer: inout FrameReader) -> SQLError {
    let kind = answer.byte().flatMap(PostgresFailure.Kind.init)
    let reason = answer.text() ?? ""
    return switch kind {
    case .unavailable, nil: .unavailable(server: address.description, reason: reason)
    case .denied: .denied(server: address.description, reason: reason)
    case .refused: .refused(reason: reason)
    case .statement: .statement(reason: reason)
    case .interrupted: .interrupted
    }
  }
}
