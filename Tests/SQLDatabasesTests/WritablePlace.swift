// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls

@testable import SQLDatabases

/// The kinds of databases that are written to.
enum Backend: CaseIterable, Sendable {
  case sqlite, postgres

  /// What this machine has.
  static var here: [Backend] { PostgresServer.isInstalled ? allCases : [.sqlite] }
}

/// A new database with a table `t (a INTEGER PRIMARY KEY, b …)`.
struct WritablePlace {
  private let backend: Backend
  private let directory: TemporaryDirectory
  private let name: String

  init(_ backend: Backend) throws {
    self.backend = backend
    directory = try TemporaryDirectory("writer")
    name = "w\(UInt64.random(in: 0...UInt64.max))"
    switch backend {
    case .sqlite:
      let builder = try SQLiteBuilder(creating: path)
      try builder.finish()
    case .postgres: try PostgresServer.shared.get().makeDatabase(name)
    }
    let bytes = backend == .sqlite ? "BLOB" : "bytea"
    try run(
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE, c FLOAT, d \(bytes));"
        + "INSERT INTO t (a, b) VALUES (1, 'one'), (2, 'two'), (3, 'three');")
  }

  var path: String { "\(directory.path)/data.db" }

  /// With every right.
  func run(_ script: String) throws {
    switch backend {
    case .sqlite:
      let builder = try SQLiteBuilder(creating: path)
      try builder.run(script)
      try builder.finish()
    case .postgres: try PostgresServer.shared.get().run(script, in: name)
    }
  }

  func postgres(
    user: String = PostgresServer.user, environment: [String] = [],
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> PostgresDatabase {
    let url = try DatabaseURL(
      PostgresServer.shared.get().url(name, user: user), relativeTo: "")
    guard case .postgres(let address) = url else { throw SQLError.unsupported(url: "") }
    let session = PostgresDatabase.Session(
      program: "\(RunningProgram.path.parentPath)/spool-postgres", environment: environment)
    return try PostgresDatabase(address, session, isCancelled: isCancelled)
  }

  func reader() throws -> any SQLDatabase {
    switch backend {
    case .sqlite: try SQLiteDatabase(readingFrom: path)
    case .postgres: try postgres()
    }
  }

  func writer(isCancelled: @escaping () -> Bool = { false }) throws -> any SQLWriter {
    switch backend {
    case .sqlite: try SQLiteWriter(writingTo: path, busyMilliseconds: 50, isCancelled: isCancelled)
    case .postgres: try postgres(isCancelled: isCancelled)
    }
  }

  /// The column `a` of all rows.
  func numbers() throws -> [SQLValue] {
    try reader().rows(SQLStatement("SELECT a FROM t ORDER BY a")) { $0[0] }
  }
}
