// SPDX-License-Identifier: MIT
import JSONValues
import Notifications
import PythonTexts
import SystemCalls

/// The rows of an answer as a table in a message: as pandas prints a data frame that was read from it.
enum ReportTable {
  /// `GenericDataType.TEMPORAL`
  private static let temporal = 2

  /// Nil for an answer without rows.
  static func table(from result: JSONValue) -> NotificationTable? {
    let names = (result["colnames"]?.arrayValue ?? []).map(levels)
    let types = (result["coltypes"]?.arrayValue ?? []).map(\.integerValue)
    let (index, columns) = columns(of: result["data"] ?? .null)
    guard !index.isEmpty else { return nil }
    let cells = columns.enumerated().map { position, column in
      let isTime = position < types.count && types[position] == temporal
      return isTime ? TimeColumn(column).texts : column.map { text(of: $0) }
    }
    let rows = index.indices.map { row in cells.map { $0[row] } }
    return NotificationTable(
      levels: names.count == columns.count ? names : columns.indices.map { ["\($0)"] },
      index: indexLabels(of: result, index), rows: rows)
  }

  /// Worked up tables come by column, others by row.
  private static func columns(
    of data: JSONValue
  ) -> (index: [String], columns: [[JSONValue]]) {
    if let members = data.objectValue {
      let index = members.elements.first?.value.objectValue?.elements.map(\.key) ?? []
      let columns = members.elements.map { column in
        index.map { column.value[$0] ?? .null }
      }
      return (index, columns)
    }
    let rows = data.arrayValue ?? []
    let names = rows.first?.objectValue?.elements.map(\.key) ?? []
    return (rows.indices.map(String.init), names.map { name in rows.map { $0[name] ?? .null } })
  }

  private static func indexLabels(of result: JSONValue, _ index: [String]) -> [[String]] {
    let names = (result["indexnames"]?.arrayValue ?? []).map(levels)
    return names.count == index.count ? names : index.map { [$0] }
  }

  /// A label of a pivot table has several, from above.
  private static func levels(_ value: JSONValue) -> [String] {
    value.arrayValue.map { $0.map { text(of: $0) } } ?? [text(of: value)]
  }

  fileprivate static func text(of value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "True" : "False"
    case .integer(let number): "\(number)"
    case .double(let number): PythonText.of(number)
    case .literal(let text), .string(let text): text
    case .array, .object: String(decoding: value.bytes, as: UTF8.self)
    }
  }
}

/// Milliseconds as times: as much of them as one of the column has to say, and then of all.
private struct TimeColumn {
  let texts: [String]

  init(_ values: [JSONValue]) {
    let moments = values.map { value in value.doubleValue.map { Int64(clamping: $0) } }
    let known = moments.compactMap { $0 }
    let length =
      if known.allSatisfy({ $0 % 86_400_000 == 0 }) {
        10
      } else if known.allSatisfy({ $0 % 1000 == 0 }) { 19 } else { 23 }
    texts = zip(values, moments).map { value, moment in
      guard let moment else { return ReportTable.text(of: value) }
      let (nanoseconds, isTooLong) = moment.multipliedReportingOverflow(by: 1_000_000)
      guard !isTooLong else { return ReportTable.text(of: value) }
      let text = Timestamp(nanoseconds: nanoseconds).iso8601.replacing("T", with: " ")
      return String(text.prefix(length))
    }
  }
}

extension Int64 {
  /// Without what stands behind the point; NaN is zero.
  fileprivate init(clamping number: Double) {
    self =
      Int64(exactly: number.rounded(.towardZero)) ?? (number > 0 ? .max : number < 0 ? .min : 0)
  }
}
