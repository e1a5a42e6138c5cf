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
    let names = (result["colnames"]?.arrayValue ?? []).map(label)
    let types = (result["coltypes"]?.arrayValue ?? []).map(\.integerValue)
    let (index, columns) = columns(of: result["data"] ?? .null)
    guard !index.isEmpty else { return nil }
    let cells = columns.enumerated().map { position, column in
      let isTime = position < types.count && types[position] == temporal
      return column.map { text(of: $0, isTime: isTime) }
    }
    let rows = index.indices.map { row in cells.map { $0[row] } }
    return NotificationTable(
      columns: names.count == columns.count ? names : columns.indices.map { "\($0)" },
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

  private static func indexLabels(of result: JSONValue, _ index: [String]) -> [String] {
    let names = (result["indexnames"]?.arrayValue ?? []).map(label)
    return names.count == index.count ? names : index
  }

  /// A label of several levels is read from above.
  private static func label(_ value: JSONValue) -> String {
    guard let levels = value.arrayValue else { return text(of: value, isTime: false) }
    return levels.map { text(of: $0, isTime: false) }.joined(separator: " ")
  }

  private static func text(of value: JSONValue, isTime: Bool) -> String {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "True" : "False"
    case .integer(let number): isTime ? moment(Double(number)) : "\(number)"
    case .double(let number): isTime ? moment(number) : PythonText.of(number)
    case .literal(let text), .string(let text): text
    case .array, .object: String(decoding: value.bytes, as: UTF8.self)
    }
  }

  /// Milliseconds as a time; midnight is not said.
  private static func moment(_ milliseconds: Double) -> String {
    let text = Timestamp(seconds: milliseconds / 1000).iso8601
    let (day, time) = (text.prefix(10), text.dropFirst(11).prefix(8))
    return time == "00:00:00" ? String(day) : "\(day) \(time)"
  }
}
