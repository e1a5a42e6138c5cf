// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetMetadata

/// SQL for SQLite.
struct SQLiteText: SQLText {
  let name = SQLDialect.sqlite

  var reserved: Set<String> { Self.reserved }
  var grains: [TimeGrain] { TimeGrain.sqlite }

  func table(_ dataset: Dataset) -> String {
    [dataset.catalog, dataset.schema, dataset.name].compactMap { $0 }.map(identifier)
      .joined(separator: ".")
  }

  func alias(_ label: String) -> String { identifier(label) }

  func form(of time: CivilTime, as type: String) -> String? {
    let hasForm =
      GenericType(nativeType: type) == .string || type.hasPrefix("DATETIME")
      || type.hasPrefix("TIMESTAMP")
    return hasForm ? text(time.text) : nil
  }

  func epoch(seconds expression: String) -> String { "datetime(\(expression), 'unixepoch')" }

  /// It has no booleans of its own.
  func truth(_ flag: Bool) -> String { flag ? "1" : "0" }

  var emptySet: String { "(SELECT 1 FROM (SELECT 1) WHERE 1!=1)" }

  func likeIgnoringCase(_ expression: String, _ pattern: String) -> String {
    "lower(\(expression)) LIKE lower(\(pattern))"
  }

  func limit(_ count: Int, offset: Int) -> String { "\n LIMIT \(count) OFFSET \(offset)" }

  private static let reserved = """
    add after all alter analyze and as asc attach autoincrement before begin between by cascade \
    case cast check collate column commit conflict constraint create cross current_date \
    current_time current_timestamp database default deferrable deferred delete desc detach \
    distinct drop each else end escape except exclusive exists explain false fail for foreign \
    from full glob group having if ignore immediate in index indexed initially inner insert \
    instead intersect into is isnull join key left like limit match natural not notnull null of \
    offset on or order outer plan pragma primary query raise references reindex rename replace \
    restrict right rollback row select set table temp temporary then to transaction trigger true \
    union unique update using vacuum values view virtual when where
    """.wordSet
}
