// SPDX-License-Identifier: MIT
import PythonTexts

/// The values of a list as SQL. SQLAlchemy takes the type of the first for that of all.
///
/// Where it would paste a text among numbers as it stands, the text is quoted here.
struct FilterValueList {
  private let values: [FilterValue]
  private let dialect: any SQLText

  /// - Parameter values: none of them null.
  init(_ values: [FilterValue], in dialect: any SQLText) {
    self.values = values
    self.dialect = dialect
  }

  func sql() throws(ChartQueryError) -> String {
    let isTimed = values.contains { if case .time = $0 { true } else { false } }
    let first = isTimed ? .null : values.first ?? .null
    let texts = try values.map { value throws(ChartQueryError) in try sql(value, like: first) }
    return "(\(texts.joined(separator: ", ")))"
  }

  private func sql(
    _ value: FilterValue, like first: FilterValue
  ) throws(ChartQueryError) -> String {
    switch (first, value) {
    case (.text, .text), (.integer, .integer), (.flag, .flag):
      return try value.sql(in: dialect)
    case (.text, _): throw unlike("VARCHAR", value)
    case (.integer, _):
      guard let number = value.integer else { throw unlike("INTEGER", value) }
      return number
    case (.flag, _):
      guard let number = value.number, [0, 1].contains(number) else {
        throw unlike("BOOLEAN", value)
      }
      return dialect.truth(number == 1)
    case (.real, .text(let text)):
      let isNumber = text.allSatisfy { "0123456789.+-eE".contains($0) } && Double(text) != nil
      return isNumber ? text : dialect.text(text)
    default: return try value.sql(in: dialect)
    }
  }

  private func unlike(_ type: String, _ value: FilterValue) -> ChartQueryError {
    .breaksOff(
      reason: "Could not render literal value \"\(value.printed)\" with datatype \(type);"
        + " see parent stack trace for more detail.")
  }
}

extension FilterValue {
  fileprivate var number: Double? {
    switch self {
    case .integer(let text), .real(let text): Double(text)
    case .null, .text, .flag, .time, .other: nil
    }
  }

  /// What Python's `int()` makes of it.
  fileprivate var integer: String? {
    switch self {
    case .integer(let text): text
    case .real(let text):
      Double(text).flatMap { Int(exactly: $0.rounded(.towardZero)) }.map(String.init)
    case .flag(let flag): flag ? "1" : "0"
    case .text(let text):
      Int(text.trimmed(where: \.isWhitespace).filter { $0 != "_" }).map(String.init)
    case .null, .time, .other: nil
    }
  }

  /// As Python's `repr()` has it.
  fileprivate var printed: String {
    switch self {
    case .null: "None"
    case .text(let text): PythonText.quoted(text)
    case .integer(let text), .real(let text), .time(let text): text
    case .flag(let flag): flag ? "True" : "False"
    case .other(let value): PythonText.printed(value)
    }
  }
}
