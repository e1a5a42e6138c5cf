// SPDX-License-Identifier: MIT
import CSQLite3
import SystemCalls

/// An SQLite file, opened so that nothing can change it: neither a statement nor a slip of ours.
package final class SQLiteDatabase: SQLDatabase {
  /// A writer's commit takes milliseconds; whoever holds the lock longer makes us try again later.
  package static let busyMilliseconds: Int32 = 2_000
  /// Virtual machine steps between two looks at the clock: about a tenth of a millisecond.
  static let stepsBetweenChecks: Int32 = 10_000

  /// Up to 32 MiB for pages and for a sort, taken as far as needed: with SQLite's own 2 MB, grouping
  /// 75,000 rows goes through a temporary file.
  ///
  /// The first 16 MiB of the file are read where the kernel has them: to copy them takes as long as
  /// many a query.
  private static let settings = """
    PRAGMA query_only = 1; PRAGMA cache_size = -32768; PRAGMA mmap_size = 16777216
    """
  /// Bytes of a text or a blob: SQLite would make one of a gigabyte, which an answer holds several times.
  static let longestCell: Int32 = 64 * 1024 * 1024

  /// Compiled statements that are kept; more than the metadata are ever asked.
  private static let compiledLimit = 32

  private let handle: OpaquePointer
  private let path: String
  /// Before it was opened; nil where a later change of the file might not show.
  private let opened: FileStatus?
  /// Those with parameters, by their text: they are asked again.
  private var compiled: [String: SQLiteStatement] = [:]
  private let isCancelled: () -> Bool
  package let dialect = SQLDialect.sqlite

  /// - Parameter isCancelled: asked while a statement runs; true ends it with `interrupted`.
  package init(
    readingFrom path: String, busyMilliseconds: Int32 = SQLiteDatabase.busyMilliseconds,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(SQLError) {
    let status = try? SystemFiles().statusBehindLinks(of: path)
    opened = status.flatMap { $0.isSettled(at: SystemClock.now()) ? $0 : nil }
    handle = try SQLiteFile.open(path, flags: SQLITE_OPEN_READONLY)
    self.path = path
    self.isCancelled = isCancelled
    sqlite3_busy_timeout(handle, busyMilliseconds)
    sqlite3_exec(handle, Self.settings, nil, nil, nil)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.longestCell)
    sqlite3_set_authorizer(
      handle, { _, action, _, name, _, _ in SQLiteDatabase.authorize(action, name) }, nil)
    watchForCancellation()
  }

  deinit { sqlite3_close_v2(handle) }

  package func read(
    _ statement: SQLStatement, _ visit: (any SQLRow) throws(SQLError) -> Void
  ) throws(SQLError) {
    // Taken away meanwhile: whoever asks the same during a visit compiles it for himself.
    let kept = compiled.removeValue(forKey: statement.text)
    let prepared =
      if let kept { kept } else { try SQLiteStatement(statement.text, on: handle, path) }
    defer { keep(prepared, of: statement) }
    try prepared.begin(with: statement.parameters)
    while try prepared.step() { try visit(prepared) }
  }

  /// One that is not reset would hold its lock.
  private func keep(_ prepared: SQLiteStatement, of statement: SQLStatement) {
    prepared.reset()
    guard !statement.parameters.isEmpty else { return }
    if compiled.count >= Self.compiledLimit { compiled = [:] }
    compiled[statement.text] = prepared
  }

  /// SQLite sees what its like has written. It would not see another file in the place of this one,
  /// nor what others have written into this one.
  package func resumes(until deadline: Timestamp?) -> Bool {
    guard let opened, let now = try? SystemFiles().statusBehindLinks(of: path) else { return false }
    return now == opened
  }

  private func watchForCancellation() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_progress_handler(
      handle, Self.stepsBetweenChecks,
      { context in
        guard let context else { return 0 }
        let database = Unmanaged<SQLiteDatabase>.fromOpaque(context).takeUnretainedValue()
        return database.isCancelled() ? 1 : 0
      }, context)
  }

  /// What a statement may do: read tables and call functions, except what loads code, or tells where it lies.
  static func authorize(_ action: Int32, _ name: UnsafePointer<CChar>?) -> Int32 {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: SQLITE_OK
    case SQLITE_FUNCTION:
      name.map { ["load_extension", "fts3_tokenizer"].contains(String(cString: $0).lowercased()) }
        ?? false ? SQLITE_DENY : SQLITE_OK
    default: SQLITE_DENY
    }
  }
}
