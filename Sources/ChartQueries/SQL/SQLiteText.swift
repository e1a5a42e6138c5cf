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
    TimeGrain.sqlite.first { $0.duration == grain }?.function
      .replacing("{col}", with: expression)
  }

  /// A column of seconds or milliseconds since 1970 as a time.
  static func epoch(_ expression: String, _ format: String?) -> String {
    switch format {
    case "epoch_s": "datetime(\(expression), 'unixepoch')"
    case "epoch_ms": "datetime((\(expression)/1000), 'unixepoch')"
    default: expression
    }
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
