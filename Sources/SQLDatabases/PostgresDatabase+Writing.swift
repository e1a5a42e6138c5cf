// SPDX-License-Identifier: MIT
import PostgresLink
import SystemCalls

extension PostgresDatabase: SQLWriter {
  /// How long a statement waits for rows that somebody else changes: as long as for an SQLite file.
  private static let lockTimeout = ("lock_timeout", "\(SQLiteDatabase.busyMilliseconds)")
  /// Of a last word, whatever the deadline: it has to come before the task is killed.
  private static let lastWordTimeout = ("statement_timeout", "3000")

  package func write(
    _ statements: [SQLStatement], evenIfCancelled: Bool
  ) throws(SQLError) -> [Int] {
    let isCancelled = evenIfCancelled ? { false } : isCancelled
    if isCancelled() { throw .interrupted }
    guard !statements.isEmpty else { return [] }
    let (request, helper) = (
      try request(for: statements, isLastWord: evenIfCancelled), try taken(isCancelled)
    )
    try helper.send(request)
    var answer = try helper.next(isCancelled)
    switch answer.kind {
    case .written:
      give(back: helper)
      return try counts(in: &answer, of: statements, helper)
    case .failure:
      give(back: helper)
      throw error(&answer)
    case .connect, .read, .write, .forget, .connected, .row, .end: throw helper.nonsense
    }
  }

  private func request(
    for statements: [SQLStatement], isLastWord: Bool
  ) throws(SQLError) -> FrameWriter {
    var request = FrameWriter()
    request.begin(.write)
    request.append(UInt32(statements.count))
    for statement in statements { try request.append(statement) }
    // The last one of a name counts.
    request.append(settings + [Self.lockTimeout] + (isLastWord ? [Self.lastWordTimeout] : []))
    request.end()
    return request
  }

  private func counts(
    in answer: inout FrameReader, of statements: [SQLStatement], _ helper: PostgresHelper
  ) throws(SQLError) -> [Int] {
    var counts: [Int] = []
    while let count = answer.text().flatMap({ Int($0) }) { counts.append(count) }
    guard counts.count == statements.count else { throw helper.nonsense }
    return counts
  }
}

extension FrameWriter {
  mutating func append(_ statement: SQLStatement) throws(SQLError) {
    guard !statement.text.utf8.contains(0) else { throw .refused(reason: "a NUL in a statement") }
    append(statement.numbered)
    append(UInt32(statement.parameters.count))
    for parameter in statement.parameters {
      guard let text = parameter.postgresText else {
        append(0 as UInt8)
        continue
      }
      // The server would take what stands before it for the whole.
      guard !text.utf8.contains(0) else { throw .refused(reason: "a NUL in a parameter") }
      append(1 as UInt8)
      append(text)
    }
  }

  mutating func append(_ settings: [(name: String, value: String)]) {
    for (name, value) in settings {
      append(name)
      append(value)
    }
  }
}
