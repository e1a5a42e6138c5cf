// SPDX-License-Identifier: MIT

/// An Excel workbook of one sheet, written row by row; texts stay texts, so that none becomes a formula.
package struct Spreadsheet {
  /// What Excel can open.
  package static let mostRows = 1_048_576
  package static let mostColumns = 16_384
  /// Characters of a cell, as UTF-16 counts them; what is longer is cut.
  private static let longestText = 32_767

  private var rows: [UInt8] = []
  private var rowCount = 0

  package init() {}

  /// - Parameter headings: how many cells at the row's beginning are bold and framed.
  package mutating func append(_ cells: [SheetCell], headings: Int = 0) {
    rowCount += 1
    rows += "<row r=\"\(rowCount)\">".utf8
    for (column, cell) in cells.enumerated() where cell != .empty {
      append(cell, at: "\(Self.name(ofColumn: column))\(rowCount)", isHeading: column < headings)
    }
    rows += "</row>".utf8
  }

  package func finished() -> [UInt8] {
    var archive = ZipArchive()
    for (name, text) in WorkbookParts.all { archive.add(name, Array(text.utf8)) }
    archive.add("xl/worksheets/sheet1.xml", WorkbookParts.sheet(rows))
    return archive.finished()
  }

  private mutating func append(_ cell: SheetCell, at place: String, isHeading: Bool) {
    let style = isHeading ? " s=\"1\"" : ""
    switch cell {
    case .empty: return
    case .text("") where !isHeading: return
    case .text(let text):
      rows += "<c r=\"\(place)\"\(style) t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8
      rows += Self.escaped(Self.cut(text)).utf8
      rows += "</t></is></c>".utf8
    case .integer(let number):
      rows += "<c r=\"\(place)\"\(style)><v>\(SheetNumber.text(of: number))</v></c>".utf8
    // A sheet has no infinities.
    case .real(let number) where number.isFinite:
      rows += "<c r=\"\(place)\"\(style)><v>\(SheetNumber.text(of: number))</v></c>".utf8
    case .real: return
    case .boolean(let flag):
      rows += "<c r=\"\(place)\"\(style) t=\"b\"><v>\(flag ? 1 : 0)</v></c>".utf8
    case .time(let days):
      rows += "<c r=\"\(place)\" s=\"2\"><v>\(SheetNumber.text(of: days))</v></c>".utf8
    }
  }

  private static func isCode(_ rest: Substring.UnicodeScalarView) -> Bool {
    rest.count == 6 && rest.first == "x" && rest.last == "_"
      && rest.dropFirst().dropLast().allSatisfy { $0.properties.isASCIIHexDigit }
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longestText, text.utf16.count > longestText else { return text }
    // Half a character at the end falls away with it.
    var end = text.utf16.index(text.utf16.startIndex, offsetBy: longestText)
    while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf16.index(before: end) }
    return String(text.unicodeScalars[..<end])
  }

  /// `A` to `Z`, then `AA`.
  static func name(ofColumn column: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? letter : name(ofColumn: column / 26 - 1) + letter
  }

  /// XML cannot hold most control characters; spreadsheets read `_x0007_` for them, and so not where a text holds just that.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "_" where isCode(rest.prefix(6)): escaped += "_x005F_"
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
