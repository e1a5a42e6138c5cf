// SPDX-License-Identifier: MIT
import SQLDatabases

/// Old rows that go in one transaction: all between two ids.
package struct PruneBatch: Hashable, Sendable {
  fileprivate let first: Int
  fileprivate var last: Int
  fileprivate var count: Int

  var ids: ClosedRange<Int> { first...last }
}

/// What of some rows is old enough to go; nothing has been changed yet.
package struct PruneFinding: Hashable, Sendable {
  package let rows: PrunedRows
  /// The name of theirs.
  package var table: String { rows.table.name }
  fileprivate(set) var batches: [PruneBatch] = []
  package fileprivate(set) var count = 0
  /// When the oldest and the newest of them were written.
  package fileprivate(set) var oldest: String?
  package fileprivate(set) var newest: String?

  /// Whether there may be more than the limit lets go.
  package var isLimited: Bool { rows.limit.map { count >= $0 } ?? false }
}

/// A walk along the ids of a table.
///
/// Ids grow with time, but a transaction that takes long writes an old time under a late id, so every row is looked at; there is no
/// index on times to ask instead.
struct PruneScan {
  /// Rows that go in one transaction at most.
  static let batchSize = 999
  /// Rows of SQLite that one statement looks at, and one transaction: while it reads, nobody commits.
  private static let chunkSize = 10_000

  private let database: any SQLDatabase
  private var finding: PruneFinding
  private var open: PruneBatch?

  /// - Throws: `interrupted` when somebody calls it off.
  static func finding(
    _ rows: PrunedRows, in database: any SQLDatabase
  ) throws(SQLError) -> PruneFinding {
    var scan = PruneScan(database: database, finding: PruneFinding(rows: rows))
    switch database.dialect {
    case .sqlite: try scan.walkInChunks()
    case .postgresql: try scan.walkAtOnce()
    }
    return scan.finding
  }

  private init(database: any SQLDatabase, finding: PruneFinding) {
    self.database = database
    self.finding = finding
  }

  private mutating func walkInChunks() throws(SQLError) {
    var after = Int.min
    var seen = 0
    repeat {
      seen = 0
      let statement = chunk(after: after)
      try database.read(statement) { (row: any SQLRow) throws(SQLError) in
        seen += 1
        after = row.integer(at: 0)
        if row.integer(at: 1) != 0, !finding.isLimited { take(row, time: 2) }
      }
      // What lies between two finds is looked at again when they go.
      close()
    } while seen == Self.chunkSize && !finding.isLimited
  }

  private func chunk(after id: Int) -> SQLStatement {
    let rows = finding.rows
    let (text, parameters) = rows.scope
    let time = rows.table.time
    return SQLStatement(
      """
      SELECT id, \(time) < ?, \(time) FROM \(rows.table.name) WHERE \(text)id > ?
      ORDER BY id LIMIT \(Self.chunkSize)
      """, [.text(rows.end)] + parameters + [.integer(id)])
  }

  /// A server's readers keep nobody waiting, and its statements cost a way there and back.
  private mutating func walkAtOnce() throws(SQLError) {
    let rows = finding.rows
    let (text, parameters) = rows.scope
    let time = rows.table.time
    let statement = SQLStatement(
      """
      SELECT id, \(time) FROM \(rows.table.name) WHERE \(text)\(time) < ? ORDER BY id LIMIT ?
      """, parameters + [.text(rows.end), rows.limit.map(SQLValue.integer) ?? .null])
    try database.read(statement) { row in take(row, time: 1) }
    close()
  }

  private mutating func take(_ row: any SQLRow, time index: Int) {
    let id = row.integer(at: 0)
    var batch = open ?? PruneBatch(first: id, last: id, count: 0)
    batch.last = id
    batch.count += 1
    open = batch
    finding.count += 1
    if let time = row[index].textValue {
      finding.oldest = min(finding.oldest ?? time, time)
      finding.newest = max(finding.newest ?? time, time)
    }
    if batch.count == Self.batchSize { close() }
  }

  private mutating func close() {
    if let open { finding.batches.append(open) }
    open = nil
  }
}
