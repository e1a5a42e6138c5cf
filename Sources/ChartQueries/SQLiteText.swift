// SPDX-License-Identifier: MIT
import SupersetMetadata

/// SQL for SQLite as SQLAlchemy 1.4 prints it; a second dialect will stand beside this one.
enum SQLiteText {
  /// Quoted only where the name could be read as something else.
  static func identifier(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "$"):
        true
      default: false
      }
    }
    let startsPlain = name.utf8.first.map { !(48...57).contains($0) && $0 != 36 } ?? false
    if isPlain && startsPlain && !reserved.contains(name) { return name }
    return "\"\(name.doubled("\""))\""
  }

  static func text(_ text: String) -> String { "'\(text.doubled("'"))'" }

  static func table(_ dataset: Dataset) -> String {
    [dataset.catalog, dataset.schema, dataset.name].compactMap { $0 }.map(identifier)
      .joined(separator: ".")
  }

  /// A time to compare a column of this type with; the format counts where the type gives none.
  static func time(
    _ time: CivilTime, for column: DatasetColumn?
  ) throws(ChartQueryError) -> String {
    let type = column?.type?.uppercased() ?? ""
    let hasForm =
      GenericType(nativeType: type) == .string || type.hasPrefix("DATETIME")
      || type.hasPrefix("TIMESTAMP")
    if hasForm { return text(time.text) }
    switch column?.pythonDateFormat {
    case "epoch_s": return String(time.microseconds.flooredQuotient(1_000_000))
    case "epoch_ms": return String(time.microseconds.flooredQuotient(1_000_000) * 1_000)
    case nil: return text(time.text + time.fraction)
    case .some(let format): throw .unsupported("the time format '\(format)'")
    }
  }

  /// Cuts a time expression to the beginning of its step.
  static func grain(_ grain: String, of expression: String) -> String? {
    grains[grain]?.replacing("{col}", with: expression)
  }

  /// A column of seconds or milliseconds since 1970 as a time.
  static func epoch(_ expression: String, _ format: String?) -> String {
    switch format {
    case "epoch_s": "datetime(\(expression), 'unixepoch')"
    case "epoch_ms": "datetime((\(expression)/1000), 'unixepoch')"
    default: expression
    }
  }

  private static let grains: [String: String] = [
    "PT1S": "DATETIME(STRFTIME('%Y-%m-%dT%H:%M:%S', {col}))",
    "PT5S": "DATETIME({col}, printf('-%d seconds', CAST(strftime('%S', {col}) AS INT) % 5))",
    "PT30S": "DATETIME({col}, printf('-%d seconds', CAST(strftime('%S', {col}) AS INT) % 30))",
    "PT1M": "DATETIME(STRFTIME('%Y-%m-%dT%H:%M:00', {col}))",
    "PT5M": minutes(5), "PT10M": minutes(10), "PT15M": minutes(15), "PT30M": minutes(30),
    "PT1H": "DATETIME(STRFTIME('%Y-%m-%dT%H:00:00', {col}))",
    "PT6H": "DATETIME(STRFTIME('%Y-%m-%dT%H:00:00', {col}),"
      + " printf('-%d hours', CAST(strftime('%H', {col}) AS INT) % 6))",
    "P1D": "DATETIME({col}, 'start of day')",
    // The blanks are Superset's: its source continues a line inside the text.
    "P1W": "DATETIME({col}, 'start of day',             -strftime('%w', {col}) || ' days')",
    "P1M": "DATETIME({col}, 'start of month')",
    "P3M": "DATETIME({col}, 'start of month',"
      + " printf('-%d month', (strftime('%m', {col}) - 1) % 3))",
    "P1Y": "DATETIME({col}, 'start of year')",
    "P1W/1970-01-03T00:00:00Z": "DATETIME({col}, 'start of day', 'weekday 6')",
    "P1W/1970-01-04T00:00:00Z": "DATETIME({col}, 'start of day', 'weekday 0')",
    "1969-12-28T00:00:00Z/P1W": "DATETIME({col}, 'start of day', 'weekday 0', '-7 days')",
    "1969-12-29T00:00:00Z/P1W": "DATETIME({col}, 'start of day', 'weekday 1', '-7 days')",
  ]

  private static func minutes(_ step: Int) -> String {
    "DATETIME(STRFTIME('%Y-%m-%dT%H:%M:00', {col}),"
      + " printf('-%d minutes', CAST(strftime('%M', {col}) AS INT) % \(step)))"
  }

  private static let reserved = Set(
    """
    add after all alter analyze and as asc attach autoincrement before begin between by cascade \
    case cast check collate column commit conflict constraint create cross current_date \
    current_time current_timestamp database default deferrable deferred delete desc detach \
    distinct drop each else end escape except exclusive exists explain false fail for foreign \
    from full glob group having if ignore immediate in index indexed initially inner insert \
    instead intersect into is isnull join key left like limit match natural not notnull null of \
    offset on or order outer plan pragma primary query raise references reindex rename replace \
    restrict right rollback row select set table temp temporary then to transaction trigger true \
    union unique update using vacuum values view virtual when where
    """.split(separator: " ").map(String.init))
}

extension String {
  /// Every `mark` twice, which is how SQL writes it inside its own quotes.
  func doubled(_ mark: Character) -> String {
    reduce(into: "") { text, character in
      text.append(character)
      if character == mark { text.append(character) }
    }
  }
}
