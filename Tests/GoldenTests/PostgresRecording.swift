// SPDX-License-Identifier: MIT
import SQLDatabases
import SpoolTesting
import SystemCalls

/// The recorded databases in a PostgreSQL server, as a Superset that had lived there would have them.
final class PostgresRecording: Sendable {
  static let shared = Result { try PostgresRecording() }

  /// Case name to the reason why PostgreSQL answers otherwise.
  let different: [String: String]
  private let server: PostgresServer

  private init() throws {
    let recording = try Recording.shared.get()
    server = try PostgresServer.shared.get()
    different = try Recording.reasons("postgres")
    try copy("\(recording.directory)/examples.db", to: "examples", schema: "main")
    try copy("\(recording.directory)/metadata.db", to: "metadata", schema: "public")
    try server.run(Self.adaptation, in: "metadata")
  }

  func open(_ name: String) throws -> any SQLDatabase {
    var session = PostgresDatabase.Session(
      program: "\(RunningProgram.path.parentPath)/spool-postgres", environment: [])
    // That of all recorded datasets: the SQL of a virtual one names its tables without it.
    session.schema = name == "examples" ? "main" : nil
    guard case .postgres(let address) = try DatabaseURL(server.url(name), relativeTo: "") else {
      throw SQLError.unsupported(url: name)
    }
    return try PostgresDatabase(address, session)
  }

  private func copy(_ path: String, to name: String, schema: String) throws {
    try server.makeDatabase(name)
    var script = "CREATE SCHEMA IF NOT EXISTS \(schema); SET search_path = \(schema);\n"
    for (table, columns) in try tables(of: path) {
      script += try PostgresCopy(table: table, columns: columns).script(from: path)
    }
    try server.run(script, in: name)
  }

  /// `table|column|type`, as sqlite3 tells it: our own reading allows no PRAGMA.
  private func tables(of path: String) throws -> [(String, [PostgresCopy.Column])] {
    let sql = """
      SELECT m.name, c.name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' ORDER BY m.name, c.cid
      """
    var tables: [(String, [PostgresCopy.Column])] = []
    let lines = try Recording.output(of: "/usr/bin/sqlite3", ["-readonly", path, sql])
    for line in lines.split(separator: "\n") {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      if tables.last?.0 != parts[0] { tables.append((parts[0], [])) }
      tables[tables.count - 1].1.append(PostgresCopy.Column(name: parts[1], sqliteType: parts[2]))
    }
    return tables
  }

  /// What is SQLite's own in the recorded datasets, said in PostgreSQL's words.
  private static let adaptation = """
    UPDATE table_columns SET type = 'TIMESTAMP WITHOUT TIME ZONE' WHERE type = 'DATETIME';
    UPDATE table_columns SET type = 'DOUBLE PRECISION' WHERE type = 'FLOAT';
    UPDATE table_columns SET expression = 'TO_CHAR(ds, ''YYYY'')' WHERE column_name = 'ds_year';
    UPDATE table_columns SET expression = 'ds + INTERVAL ''1 day''' WHERE column_name = 'ds_shifted';
    UPDATE table_columns SET expression = 'CAST(EXTRACT(HOUR FROM ds) AS INTEGER)'
      WHERE column_name = 'hour';
    CREATE TYPE objecttypes AS ENUM ('query', 'chart', 'dashboard', 'dataset');
    ALTER TABLE tagged_object ALTER object_type TYPE objecttypes USING object_type::objecttypes;
    UPDATE tables
      SET sql = replace(sql, 'DATETIME(ds, ''start of day'')', 'DATE_TRUNC(''day'', ds)');

    """
}

/// One table of SQLite as a script for psql: its columns, and its rows as COPY has them.
struct PostgresCopy {
  struct Column {
    let name: String
    let sqliteType: String

    var type: String {
      let name = sqliteType.uppercased()
      if name.hasPrefix("DATETIME") { return "TIMESTAMP WITHOUT TIME ZONE" }
      if name.hasPrefix("FLOAT") || name.hasPrefix("REAL") { return "DOUBLE PRECISION" }
      if name.hasPrefix("BLOB") || name.hasPrefix("BINARY") || self.name == "uuid" {
        return "BYTEA"
      }
      let known = ["BOOLEAN", "INTEGER", "BIGINT", "SMALLINT", "NUMERIC", "DATE", "VARCHAR"]
      return known.contains(where: name.hasPrefix) ? sqliteType : "TEXT"
    }
  }

  let table: String
  let columns: [Column]

  func script(from path: String) throws -> String {
    let list = columns.map { "\"\($0.name)\" \($0.type)" }.joined(separator: ", ")
    var script = "CREATE TABLE \"\(table)\" (\(list));\nCOPY \"\(table)\" FROM stdin;\n"
    let types = columns.map(\.type)
    try SQLiteDatabase(readingFrom: path).read(SQLStatement("SELECT * FROM \"\(table)\"")) { row in
      for index in types.indices {
        if index > 0 { script += "\t" }
        script += Self.text(row[index], types[index])
      }
      script += "\n"
    }
    return script + "\\.\n"
  }

  private static func text(_ value: SQLValue, _ type: String) -> String {
    switch value {
    case .null: "\\N"
    case .integer(let number) where type == "BOOLEAN": number == 0 ? "f" : "t"
    case .integer(let number): String(number)
    case .real(let number): "\(number)"
    case .blob(let bytes):
      "\\\\x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    case .text(let text): escaped(text)
    }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
