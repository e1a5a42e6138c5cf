// SPDX-License-Identifier: MIT
import CSQLite3

/// Opening, and SQLite's result codes as facts.
enum SQLiteFile {
  static func open(_ path: String, flags: Int32) throws(SQLError) -> OpaquePointer {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      // SQLite hands out a connection even where it could not open the file.
      defer { sqlite3_close_v2(opened) }
      guard code == SQLITE_CANTOPEN, sqlite3_system_errno(opened) == 2 else {
        throw error(code, on: opened, path)
      }
      throw .missing(path: path)
    }
    return opened
  }

  static func error(_ code: Int32, on handle: OpaquePointer?, _ path: String) -> SQLError {
    let reason = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown error"
    return switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .locked(path: path)
    case SQLITE_NOTADB, SQLITE_CORRUPT: .malformed(path: path, reason: reason)
    case SQLITE_AUTH, SQLITE_READONLY: .refused(reason: reason)
    case SQLITE_INTERRUPT: .interrupted
    case SQLITE_ERROR, SQLITE_RANGE, SQLITE_TOOBIG, SQLITE_MISMATCH: .statement(reason: reason)
    default: .failed(path: path, reason: reason)
    }
  }
}
