// SPDX-License-Identifier: MIT
import CSQLite3
import SystemCalls

/// An SQLite file in which rows are changed, and nothing that stands around them.
package final class SQLiteWriter: SQLWriter {
  /// As Superset itself opens its metadata, and the directory synced as well: else a power cut may bring back the journal of
  /// what was committed.
  private static let settings = "PRAGMA foreign_keys = 1; PRAGMA synchronous = EXTRA"

  private let handle: OpaquePointer
  private let path: String
  private let isCancelled: () -> Bool
  /// While a statement of our own is compiled, which may begin and end transactions.
  private var isCommanding = false
  private var heedsCancellation = true
  package let dialect = SQLDialect.sqlite

  /// - Parameter isCancelled: asked before a transaction and within; true ends it with `interrupted`.
  package init(
    writingTo path: String, busyMilliseconds: Int32 = SQLiteDatabase.busyMilliseconds,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(SQLError) {
    handle = try SQLiteFile.open(path, flags: SQLITE_OPEN_READWRITE)
    self.path = path
    self.isCancelled = isCancelled
    sqlite3_busy_timeout(handle, busyMilliseconds)
    // SQLite opens what cannot be written for reading, without a word.
    guard sqlite3_db_readonly(handle, "main") == 0 else {
      throw .notWritable(place: path, reason: "the file is read-only")
    }
    // They are read from the file, which somebody may hold; without them a commit would be less than it says.
    try writing { () throws(SQLError) in try execute(Self.settings) }
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, SQLiteDatabase.longestCell)
    watch()
  }

  deinit { sqlite3_close_v2(handle) }

  package func write(
    _ statements: [SQLStatement], evenIfCancelled: Bool
  ) throws(SQLError) -> [Int] {
    heedsCancellation = !evenIfCancelled
    if isInterrupted { throw .interrupted }
    guard !statements.isEmpty else { return [] }
    try command("BEGIN IMMEDIATE")
    do throws(SQLError) {
      var counts: [Int] = []
      for statement in statements { counts.append(try change(statement)) }
      // Commit point: from here on all of them count.
      try command("COMMIT")
      return counts
    } catch {
      // Of some errors SQLite has done it already.
      if sqlite3_get_autocommit(handle) == 0 { try? command("ROLLBACK") }
      throw error
    }
  }

  /// What it costs to open a file is less than to make sure that it is still this one.
  package func resumes(until deadline: Timestamp?) -> Bool { false }

  private func change(_ statement: SQLStatement) throws(SQLError) -> Int {
    let prepared = try writing {
      () throws(SQLError) in try SQLiteStatement(statement.text, on: handle, path)
    }
    guard !prepared.onlyReads else { throw .refused(reason: "not INSERT, UPDATE or DELETE") }
    return try writing { () throws(SQLError) in
      try prepared.begin(with: statement.parameters)
      while try prepared.step() {}
      return Int(sqlite3_changes64(handle))
    }
  }

  private func command(_ text: String) throws(SQLError) {
    isCommanding = true
    defer { isCommanding = false }
    try writing { () throws(SQLError) in try execute(text) }
  }

  private func execute(_ script: String) throws(SQLError) {
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteFile.error(code, on: handle, path) }
  }

  /// Where a journal cannot be made, SQLite speaks of a file that cannot be opened.
  private func writing<Result>(
    _ body: () throws(SQLError) -> Result
  ) throws(SQLError) -> Result {
    do throws(SQLError) { return try body() } catch {
      switch sqlite3_errcode(handle) & 0xFF {
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
        throw .notWritable(place: path, reason: String(cString: sqlite3_errmsg(handle)))
      case SQLITE_CONSTRAINT: throw .statement(reason: String(cString: sqlite3_errmsg(handle)))
      default: throw error
      }
    }
  }

  private var isInterrupted: Bool { heedsCancellation && isCancelled() }

  private func watch() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_set_authorizer(
      handle,
      { context, action, _, name, _, _ in writer(context)?.authorize(action, name) ?? SQLITE_DENY },
      context)
    sqlite3_progress_handler(
      handle, SQLiteDatabase.stepsBetweenChecks,
      { context in writer(context)?.isInterrupted ?? true ? 1 : 0 }, context)
  }

  fileprivate func authorize(_ action: Int32, _ name: UnsafePointer<CChar>?) -> Int32 {
    switch action {
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE: SQLITE_OK
    case SQLITE_TRANSACTION: isCommanding ? SQLITE_OK : SQLITE_DENY
    default: SQLiteDatabase.authorize(action, name)
    }
  }
}

private func writer(_ context: UnsafeMutableRawPointer?) -> SQLiteWriter? {
  context.map { Unmanaged<SQLiteWriter>.fromOpaque($0).takeUnretainedValue() }
}
