// SPDX-License-Identifier: MIT

/// Fields of CSV as Superset writes them: safe for spreadsheets, quoted only where it must be.
enum CSVText {
  /// How fields are quoted.
  enum Dialect {
    /// With a backslash for its escape, as Superset asks pandas: that is doubled, and quotes nothing.
    case superset
    /// As pandas does it where nobody asks for more.
    case pandas
    /// As RFC 4180 has it.
    case plain
  }

  /// A row whose fields have been escaped; lines end as Python's pandas ends them, by a line feed alone.
  static func append(
    _ fields: [String], _ dialect: Dialect = .superset, to bytes: inout [UInt8]
  ) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(field, isAlone: fields.count == 1, dialect, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func append(
    _ field: String, isAlone: Bool, _ dialect: Dialect, to bytes: inout [UInt8]
  ) {
    // A line without anything would be no row.
    let isQuoted =
      field.utf8.contains {
        $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || ($0 == 0x0D && dialect == .plain)
      }
      || (isAlone && field.isEmpty)
    if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    for byte in field.utf8 {
      let isDoubled =
        byte == UInt8(ascii: "\"") || (byte == UInt8(ascii: "\\") && dialect == .superset)
      if isDoubled { bytes.append(byte) }
      bytes.append(byte)
    }
    if isQuoted { bytes.append(UInt8(ascii: "\"")) }
  }

  /// What a spreadsheet would take for a formula gets a quote before it; a negative number is none.
  static func escaped(_ text: String) -> String {
    guard isFormula(text), !isNegativeNumber(text) else { return text }
    return "'" + text.replacing("|", with: "\\|")
  }

  /// It begins with one of `- @ + | = %`, or has one of these after blanks or two quotes.
  private static func isFormula(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first else { return false }
    if marks.contains(first) { return true }
    let rest =
      text.utf8.starts(with: "\"\"".utf8)
      ? scalars.dropFirst(2) : scalars.drop { $0.properties.isWhitespace }
    return rest.startIndex != scalars.startIndex && rest.first.map(marks.contains) ?? false
  }

  private static func isNegativeNumber(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.utf8.first == UInt8(ascii: "-") && !digits.isEmpty
      && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
  }

  private static let marks: Set<Unicode.Scalar> = ["-", "@", "+", "|", "=", "%"]
}
