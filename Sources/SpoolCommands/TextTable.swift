// SPDX-License-Identifier: MIT

/// Columns that stand below each other; numbers to the right, as `ls -l` does.
package enum TextTable {
  package static func lines(_ rows: [[String]]) -> [String] {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { index, cell in
        padded(cell.0, to: cell.1, onTheLeft: isNumber(rows, index))
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func padded(_ text: String, to width: Int, onTheLeft: Bool) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return onTheLeft ? blanks + text : text + blanks
  }

  /// Whether every cell below the heading begins with a digit, or stands for none.
  private static func isNumber(_ rows: [[String]], _ column: Int) -> Bool {
    rows.dropFirst().allSatisfy { $0[column] == "-" || $0[column].first?.isNumber == true }
  }
}
