// SPDX-License-Identifier: MIT
import CSQLite3

/// A statement under way, and the row it stands on.
final class SQLiteStatement: SQLRow {
  private let handle: OpaquePointer
  private let statement: OpaquePointer
  private let path: String

  init(_ source: String, on handle: OpaquePointer, _ path: String) throws(SQLError) {
    self.handle = handle
    self.path = path
    // SQLite stops reading at a NUL, and with it at whatever condition stands behind.
    guard !source.utf8.contains(0) else { throw .refused(reason: "a NUL in a statement") }
    var compiled: OpaquePointer?
    var hasMore = false
    let code = source.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(handle, text, -1, &compiled, &tail)
      hasMore = tail.map { !isBlank($0) } ?? false
      return code
    }
    guard code == SQLITE_OK else { throw SQLiteFile.error(code, on: handle, path) }
    guard let compiled else { throw .statement(reason: "an empty statement") }
    statement = compiled
    if hasMore { throw .refused(reason: "You can only execute one statement at a time.") }
  }

  deinit { sqlite3_finalize(statement) }

  /// Whether it leaves the database as it is.
  var onlyReads: Bool { sqlite3_stmt_readonly(statement) != 0 }

  /// False after the last row.
  func step() throws(SQLError) -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw SQLiteFile.error(code, on: handle, path)
    }
  }

  /// Ends what was under way; how it went was told by its last step.
  func reset() { sqlite3_reset(statement) }

  func begin(with parameters: [SQLValue]) throws(SQLError) {
    reset()
    try bind(parameters)
  }

  private func bind(_ parameters: [SQLValue]) throws(SQLError) {
    // SQLITE_TRANSIENT is a macro with a cast: SQLite copies the bytes before the call returns.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, parameter) in zip(Int32(1)..., parameters) {
      let code =
        switch parameter {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, Int64(number))
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let text):
          sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), transient)
        case .blob(let bytes):
          sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), transient)
        }
      guard code == SQLITE_OK else { throw SQLiteFile.error(code, on: handle, path) }
    }
  }

  // MARK: the row

  var count: Int { Int(sqlite3_column_count(statement)) }

  func kind(at index: Int) -> SQLKind {
    switch sqlite3_column_type(statement, Int32(index)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  func integer(at index: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(index))) }

  func real(at index: Int) -> Double { sqlite3_column_double(statement, Int32(index)) }

  func withBytes(at index: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    let start = sqlite3_column_blob(statement, Int32(index))
    let count = Int(sqlite3_column_bytes(statement, Int32(index)))
    body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

/// Only blanks and semicolons may follow a statement.
private func isBlank(_ text: UnsafePointer<CChar>) -> Bool {
  String(cString: text).allSatisfy { $0.isWhitespace || $0 == ";" }
}
