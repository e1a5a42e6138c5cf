// SPDX-License-Identifier: MIT
import PythonTexts
import SQLDatabases
import SupersetMetadata

/// SQL for PostgreSQL.
///
/// Texts are quoted for `standard_conforming_strings`, which our sessions switch on: a backslash is a backslash.
struct PostgresText: SQLText {
  /// NAMEDATALEN less its NUL: PostgreSQL cuts a longer name silently, and two such could become one.
  static let longestName = 63

  let name = SQLDialect.postgresql

  var reserved: Set<String> { Self.reserved }
  var grains: [TimeGrain] { TimeGrain.postgresql }

  /// The catalog is not named: it is the database that the connection has been made to.
  func table(_ dataset: Dataset) -> String {
    [dataset.schema, dataset.name].compactMap { $0 }.map(identifier).joined(separator: ".")
  }

  func alias(_ label: String) -> String {
    identifier(label.unicodeScalars.count > Self.longestName ? MD5.hexadecimal(label) : label)
  }

  func form(of time: CivilTime, as type: String) -> String? {
    if type.hasPrefix("TIMESTAMP") || type.hasPrefix("DATETIME") {
      let moment = text(time.text + time.fraction)
      return "TO_TIMESTAMP(\(moment), 'YYYY-MM-DD HH24:MI:SS.US')"
    }
    guard type.hasPrefix("DATE") else { return nil }
    return "TO_DATE(\(text(String(time.text.prefix(10)))), 'YYYY-MM-DD')"
  }

  func epoch(seconds expression: String) -> String {
    "(timestamp 'epoch' + \(expression) * interval '1 second')"
  }

  func truth(_ flag: Bool) -> String { flag ? "true" : "false" }

  /// Closes the parenthesis that it opens, and no row fits.
  var emptySet: String { "(NULL) AND (1 != 1)" }

  func likeIgnoringCase(_ expression: String, _ pattern: String) -> String {
    "\(expression) ILIKE \(pattern)"
  }

  func limit(_ count: Int, offset: Int) -> String {
    " \n LIMIT \(count)" + (offset > 0 ? " OFFSET \(offset)" : "")
  }

  private static let reserved = """
    all analyse analyze and any array as asc asymmetric authorization between binary both case \
    cast check collate column constraint create cross current_catalog current_date current_role \
    current_schema current_time current_timestamp current_user default deferrable desc distinct \
    do else end except false fetch for foreign freeze from full grant group having ilike in \
    initially inner intersect into is isnull join leading left like limit localtime \
    localtimestamp natural new not notnull null of off offset old on only or order outer over \
    overlaps placing primary references returning right select session_user similar some \
    symmetric table then to trailing true union unique user using variadic verbose when where \
    window with
    """.wordSet
}
