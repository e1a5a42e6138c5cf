// SPDX-License-Identifier: MIT
import CSQLite3

/// A new SQLite file being filled; for sample data and tests, the only thing here that writes.
package final class SQLiteBuilder {
  private let handle: OpaquePointer
  private let path: String

  /// Opens one transaction over everything that follows; ``finish()`` makes it count.
  package init(creating path: String) throws(SQLError) {
    handle = try SQLiteFile.open(path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    self.path = path
    // A half-made file is thrown away whole, so its journal would protect nothing.
    try run("PRAGMA journal_mode = OFF")
    try run("PRAGMA synchronous = OFF")
    try run("BEGIN")
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs any number of statements, separated by semicolons.
  package func run(_ script: String) throws(SQLError) {
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteFile.error(code, on: handle, path) }
  }

  /// Runs one statement once for each set of parameters.
  package func run(
    _ text: String, for rows: some Sequence<[SQLValue]>
  ) throws(SQLError) {
    let statement = try SQLiteStatement(text, on: handle, path)
    for row in rows {
      try statement.begin(with: row)
      _ = try statement.step()
    }
  }

  package func finish() throws(SQLError) { try run("COMMIT") }
}
