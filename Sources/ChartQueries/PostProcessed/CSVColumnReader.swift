// SPDX-License-Identifier: MIT

/// What the fields of a column are, all of them together: integers, numbers, truths, else texts.
enum CSVColumnReader {
  static func cells(of fields: [String]) -> [Cell] {
    let present = fields.filter { !nothing.contains($0) }
    let read = integers(present) ?? numbers(present) ?? truths(present) ?? present.map { .text($0) }
    let hasGaps = present.count < fields.count
    var next = read.makeIterator()
    return fields.map { field in
      guard !nothing.contains(field), let cell = next.next() else { return .null }
      return hasGaps ? CellKind.real.cast(cell) : cell
    }
  }

  private static func integers(_ fields: [String]) -> [Cell]? {
    each(fields) { field in
      let digits = field.trimmingBlanks
      return digits.utf8.allSatisfy { $0 < 0x3A } ? Int(digits).map { .integer($0) } : nil
    }
  }

  private static func numbers(_ fields: [String]) -> [Cell]? {
    each(fields) { CSVNumber.real($0).map { .real($0) } }
  }

  private static func truths(_ fields: [String]) -> [Cell]? {
    each(fields) { field in
      switch field {
      case "True", "TRUE", "true": .json(true)
      case "False", "FALSE", "false": .json(false)
      default: nil
      }
    }
  }

  private static func each(_ fields: [String], _ cell: (String) -> Cell?) -> [Cell]? {
    var cells: [Cell] = []
    for field in fields {
      guard let cell = cell(field) else { return nil }
      cells.append(cell)
    }
    return cells
  }

  private static let nothing: Set<String> = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
    "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
  ]
}
