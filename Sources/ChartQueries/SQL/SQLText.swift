// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetMetadata

/// SQL as SQLAlchemy 1.4 prints it for one kind of database.
protocol SQLText: Sendable {
  var name: SQLDialect { get }
  /// Lower-case words that are names only inside quotes.
  var reserved: Set<String> { get }
  /// In Superset's order.
  var grains: [TimeGrain] { get }

  func table(_ dataset: Dataset) -> String
  /// The quoted name under which a result's column is selected.
  func alias(_ label: String) -> String
  /// A time in the form that columns of this type, in capitals, are compared with; nil where only their format tells.
  func form(of time: CivilTime, as type: String) -> String?
  /// A column of seconds since 1970 as a time.
  func epoch(seconds expression: String) -> String
  func truth(_ flag: Bool) -> String
  /// What SQLAlchemy writes where nothing is left of a list.
  var emptySet: String { get }
  func likeIgnoringCase(_ expression: String, _ pattern: String) -> String
  /// The end of a statement, line break included.
  func limit(_ count: Int, offset: Int) -> String
}

extension SQLDialect {
  var text: any SQLText {
    switch self {
    case .sqlite: SQLiteText()
    case .postgresql: PostgresText()
    }
  }
}

extension SQLText {
  /// Quoted only where the name could be read as something else.
  func identifier(_ name: String) -> String {
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

  func text(_ text: String) -> String { "'\(text.doubled("'"))'" }

  /// A time to compare a column of this type with; the format counts where the type gives none.
  func time(_ time: CivilTime, for column: DatasetColumn?) throws(ChartQueryError) -> String {
    if let form = form(of: time, as: column?.type?.uppercased() ?? "") { return form }
    switch column?.pythonDateFormat {
    case "epoch_s": return String(time.microseconds.flooredQuotient(1_000_000))
    case "epoch_ms": return String(time.microseconds.flooredQuotient(1_000_000) * 1_000)
    case nil: return text(time.text + time.fraction)
    case .some(let format): throw .unsupported("the time format '\(format)'")
    }
  }

  /// Cuts a time expression to the beginning of its step.
  func grain(_ grain: String, of expression: String) -> String? {
    grains.first { $0.duration == grain }?.function.replacing("{col}", with: expression)
  }

  /// A column of seconds or milliseconds since 1970 as a time.
  func epoch(_ expression: String, _ format: String?) -> String {
    switch format {
    case "epoch_s": epoch(seconds: expression)
    case "epoch_ms": epoch(seconds: "(\(expression)/1000)")
    default: expression
    }
  }
}

extension String {
  /// Every `mark` twice, which is how SQL writes it inside its own quotes.
  ///
  /// - Important: a mark that makes one character with its neighbours is a mark to a database.
  func doubled(_ mark: Unicode.Scalar) -> String {
    var doubled = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      doubled.append(scalar)
      if scalar == mark { doubled.append(scalar) }
    }
    return String(doubled)
  }

  /// Words between blanks, for lists of names in the source.
  var wordSet: Set<String> { Set(split(separator: " ").map(String.init)) }
}
