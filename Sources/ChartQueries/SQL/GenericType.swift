// SPDX-License-Identifier: MIT

/// Superset's four kinds of columns; the numbers are those of `coltypes` in an answer.
enum GenericType: Int, Sendable {
  case numeric = 0
  case string = 1
  case temporal = 2
  case boolean = 3

  /// By the beginning of the type's name in the database; nil where Superset does not know it.
  init?(nativeType: String?) {
    guard let name = nativeType?.uppercased(), !name.isEmpty else { return nil }
    let known: [(GenericType, [String])] = [
      (.string, ["STRING", "N", "CHAR", "VARCHAR", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "TEXT"]),
      (.temporal, ["TIMESTAMP", "DATETIME", "DATE", "TIME", "INTERVAL"]),
      (.boolean, ["BOOL"]),
      (
        .numeric,
        [
          "SMALLINT", "INT", "BIGINT", "LONG", "DECIMAL", "NUMERIC", "FLOAT", "DOUBLE", "REAL",
          "SMALLSERIAL", "SERIAL", "BIGSERIAL", "MONEY", "TINYINT", "MEDIUMINT",
        ]
      ),
    ]
    if name.hasPrefix("NUMERIC") {
      self = .numeric
      return
    }
    let found = known.first { $0.1.contains { name.hasPrefix($0) } }
    guard let found else { return nil }
    self = found.0
  }
}
