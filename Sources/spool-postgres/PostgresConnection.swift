// SPDX-License-Identifier: MIT
import CPostgres
import PostgresLink
import SystemCalls

/// A connection of libpq on which nothing waits beyond its time.
final class PostgresConnection {
  struct Statement {
    let text: String
    let parameters: [[UInt8]?]
    /// What holds for its transaction alone.
    var settings: [(name: String, value: String)] = []
  }

  enum Event {
    case row([PostgresCell])
    /// The server has sent all that it had; more may follow.
    case pause
  }

  /// libpq's own `connect_timeout` counts only where it does the waiting.
  private static let connectTimeout: Duration = .seconds(10)
  /// A cancelled statement ends at once, unless the network is gone.
  private static let cancelPatience: Duration = .seconds(3)
  /// For ever, in pieces: nothing depends on their length.
  private static let patience: Duration = .seconds(3600)

  private let raw: OpaquePointer
  private let stop: StopSign

  init(_ settings: [(name: String, value: String)], _ stop: StopSign) throws(PostgresFailure) {
    self.stop = stop
    let started = Self.withCStrings(settings.map(\.name)) { names in
      Self.withCStrings(settings.map(\.value)) { values in
        PQconnectStartParams(names, values, 0)
      }
    }
    guard let started else { throw PostgresFailure(.unavailable, "out of memory") }
    raw = started
    // The only way to the code of an error before there is a connection: libpq writes it into the message.
    PQsetErrorVerbosity(raw, PQERRORS_VERBOSE)
    try connect(within: Self.timeout(settings))
    PQsetErrorVerbosity(raw, PQERRORS_DEFAULT)
  }

  deinit { PQfinish(raw) }

  // MARK: statements

  /// Visits the rows of one statement, in a transaction of its own that is always rolled back: what a statement sets is gone
  /// with it.
  func read(
    _ statement: Statement, _ visit: (Event) throws(PostgresFailure) -> Void
  ) throws(PostgresFailure) {
    try command(beginning("READ ONLY", with: statement.settings))
    do throws(PostgresFailure) {
      try send(statement)
      try visitResults(visit)
    } catch {
      cancel()
      throw error
    }
    try command("ROLLBACK")
  }

  /// What outlives a transaction that is rolled back: advisory locks, the seed of `random()` ...
  func forget() throws(PostgresFailure) { try command("DISCARD ALL") }

  private func beginning(_ mode: String, with settings: [(name: String, value: String)]) -> String {
    var own = [
      // Else a backslash could end a quoted text in ways that our quoting does not know.
      ("standard_conforming_strings", "on"), ("bytea_output", "hex"), ("datestyle", "ISO"),
    ]
    // Where this process is killed, the server notices within a second, from version 14 on.
    if PQserverVersion(raw) >= 140_000 { own.append(("client_connection_check_interval", "1s")) }
    let lines = (own + settings.map { ($0.name, $0.value) }).map { name, value in
      "SET LOCAL \(name) = \(literal(value))"
    }
    return (["BEGIN \(mode)"] + lines).joined(separator: "; ")
  }

  /// By libpq, which knows how the server reads backslashes before we say so.
  private func literal(_ text: String) -> String {
    guard let quoted = PQescapeLiteral(raw, text, text.utf8.count) else { return "''" }
    defer { PQfreemem(quoted) }
    return String(cString: quoted)
  }

  /// One of our own, whose rows interest nobody.
  private func command(_ text: String) throws(PostgresFailure) {
    guard PQsendQuery(raw, text) == 1 else { throw lost() }
    var failure: PostgresFailure?
    while let result = try next({}) {
      if result.status == PGRES_FATAL_ERROR { failure = result.failure }
    }
    if let failure { throw failure }
  }

  private func send(_ statement: Statement) throws(PostgresFailure) {
    let lengths = statement.parameters.map { CInt($0?.count ?? 0) }
    let isSent = Self.withBytes(statement.parameters) { values in
      // The extended protocol takes one statement only, whatever stands in the text.
      PQsendQueryParams(
        raw, statement.text, CInt(lengths.count), nil, values, lengths, nil, 0)
    }
    guard isSent == 1, PQsetSingleRowMode(raw) == 1 else { throw lost() }
  }

  private func visitResults(
    _ visit: (Event) throws(PostgresFailure) -> Void
  ) throws(PostgresFailure) {
    var failure: PostgresFailure?
    while let result = try next({ () throws(PostgresFailure) in try visit(.pause) }) {
      switch result.status {
      case PGRES_SINGLE_TUPLE: try visit(.row(result.cells))
      case PGRES_TUPLES_OK: break
      case PGRES_FATAL_ERROR: failure = result.failure
      default: throw PostgresFailure(.refused, "not a query")
      }
    }
    if let failure { throw failure }
  }

  /// The next result, or nil when there are no more.
  private func next(
    _ pause: () throws(PostgresFailure) -> Void
  ) throws(PostgresFailure) -> PostgresResult? {
    while PQisBusy(raw) == 1 {
      try pause()
      switch stop.allows(waitingFor: DescriptorPoll.Wish(PQsocket(raw)), within: Self.patience) {
      case .stopped: throw PostgresFailure(.interrupted, "cancelled")
      case .late: continue
      case .ready: guard PQconsumeInput(raw) == 1 else { throw lost() }
      }
    }
    return PQgetResult(raw).map(PostgresResult.init)
  }

  private func lost() -> PostgresFailure { PostgresFailure(.unavailable, PostgresResult.text(raw)) }

  /// Lets the server stop what it does for us, and leaves the connection fit for the next statement.
  private func cancel() {
    if PQtransactionStatus(raw) == PQTRANS_ACTIVE, let handle = PQgetCancel(raw) {
      var reason = [CChar](repeating: 0, count: 256)
      PQcancel(handle, &reason, CInt(reason.count))
      PQfreeCancel(handle)
    }
    // Where the connection is lost, the next statement will say so.
    if drains() { PQclear(PQexec(raw, "ROLLBACK")) }
  }

  /// Throws away what is still to come; false where it does not come to an end.
  private func drains() -> Bool {
    while true {
      while PQisBusy(raw) == 1 {
        let wish = DescriptorPoll.Wish(PQsocket(raw))
        guard DescriptorPoll.ready([wish], within: Self.cancelPatience)[0],
          PQconsumeInput(raw) == 1
        else { return false }
      }
      guard let rest = PQgetResult(raw).map(PostgresResult.init) else { return true }
      let isCopy = [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(rest.status)
      if isCopy { return false }
    }
  }

  // MARK: the connection's beginning

  private func connect(within time: Duration) throws(PostgresFailure) {
    let end = SystemClock.monotonic() + Int64(time / .nanoseconds(1))
    var wish = DescriptorPoll.Wish(PQsocket(raw), .writing)
    while PQstatus(raw) != CONNECTION_BAD {
      let rest = Duration.nanoseconds(end - SystemClock.monotonic())
      switch stop.allows(waitingFor: wish, within: max(rest, .zero)) {
      case .stopped: throw PostgresFailure(.interrupted, "cancelled")
      case .late:
        guard rest <= .zero else { continue }
        throw PostgresFailure(.unavailable, "no connection within \(time)")
      case .ready: break
      }
      switch PQconnectPoll(raw) {
      case PGRES_POLLING_OK: return
      case PGRES_POLLING_READING: wish = DescriptorPoll.Wish(PQsocket(raw))
      case PGRES_POLLING_WRITING: wish = DescriptorPoll.Wish(PQsocket(raw), .writing)
      default: break
      }
    }
    let failure = Self.refusal(PostgresResult.text(raw))
    // The server asked for one, and nobody has any.
    throw PQconnectionNeedsPassword(raw) == 1 ? PostgresFailure(.denied, failure.reason) : failure
  }

  private static func timeout(_ settings: [(name: String, value: String)]) -> Duration {
    let given = settings.last { $0.name == "connect_timeout" }.flatMap { Int($0.value) } ?? 0
    return given > 0 ? .seconds(given) : connectTimeout
  }

  /// Of a verbose message the code, and the sentence as it is without.
  private static func refusal(_ message: String) -> PostgresFailure {
    let lines = message.split(separator: "\n").filter { !$0.hasPrefix("LOCATION:") }
    let text = lines.joined(separator: "\n")
    guard let found = text.firstMatch(of: #/:  ([0-9A-Z]{5}): /#) else {
      return PostgresFailure(ofConnection: nil, text)
    }
    let sentence = text[..<found.range.lowerBound] + ":  " + text[found.range.upperBound...]
    return PostgresFailure(ofConnection: String(found.output.1), String(sentence))
  }

  // MARK: C's strings

  private typealias CStrings = UnsafePointer<UnsafePointer<CChar>?>

  /// Texts as an array of C's, with the NULL that ends it.
  private static func withCStrings<Result>(
    _ texts: [String], _ body: (CStrings?) -> Result
  ) -> Result {
    withBytes(texts.map { Array($0.utf8) } + [nil], body)
  }

  private static func withBytes<Result>(
    _ texts: [[UInt8]?], _ body: (CStrings?) -> Result
  ) -> Result {
    let starts = texts.map { text in
      text.map { text in
        // libpq wants the NUL even where it is told the length.
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: text.count + 1)
        _ = copy.initialize(from: text.map(CChar.init(bitPattern:)) + [0])
        return copy
      }
    }
    defer { for start in starts { start?.deallocate() } }
    let pointers = starts.map { $0.flatMap { UnsafePointer($0.baseAddress) } }
    return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}

extension PostgresConnection {
  /// Carries out all statements in one transaction; after an error, none.
  ///
  /// - Returns: how many rows each has changed.
  func write(
    _ statements: [Statement], _ settings: [(name: String, value: String)]
  ) throws(PostgresFailure) -> [Int] {
    // Beyond the transaction nothing may reach, and what ends one would make the others count.
    for statement in statements where !statement.changesRows {
      throw PostgresFailure(.refused, "not INSERT, UPDATE or DELETE")
    }
    do throws(PostgresFailure) {
      try command(beginning("READ WRITE", with: settings))
      var counts: [Int] = []
      for statement in statements { counts.append(try change(statement)) }
      // Commit point: from here on all of them count.
      try command("COMMIT")
      return counts
    } catch {
      cancel()
      throw error.whileWriting
    }
  }

  private func change(_ statement: Statement) throws(PostgresFailure) -> Int {
    try send(statement)
    var failure: PostgresFailure?
    var count: Int?
    while let result = try next({}) {
      if result.status == PGRES_FATAL_ERROR { failure = result.failure }
      count = result.changedRows ?? count
    }
    if let failure { throw failure }
    guard let count else { throw PostgresFailure(.refused, "not INSERT, UPDATE or DELETE") }
    return count
  }
}

extension PostgresConnection.Statement {
  /// By its first word; what a WITH leads to is seen by its end.
  fileprivate var changesRows: Bool {
    let word = text.drop(while: \.isWhitespace).prefix(while: \.isLetter).uppercased()
    return ["INSERT", "UPDATE", "DELETE", "WITH"].contains(word)
  }
}
