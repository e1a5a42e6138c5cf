// SPDX-License-Identifier: MIT
import JSONValues

/// How the values of dimensions become a label.
enum SeriesName {
  static let null = "<NULL>"

  static func text(_ value: JSONValue?, _ kind: DataTable.Kind? = nil, time: TimeFormat) -> String {
    switch value {
    case nil, .null: null
    case .string(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .integer, .double:
      value?.doubleValue.map { kind == .time ? time.text($0) : ScriptNumber.text($0) } ?? null
    case .literal(let text): text
    case .array(let parts):
      parts.prefix(20).map { text($0, kind, time: time) }.joined(separator: ", ")
    case .object: String(value?.text.prefix(PlainText.longest) ?? "")
    }
  }

  /// Several dimensions in one label.
  static func text(
    of row: JSONObject, _ columns: [String], in table: DataTable, time: TimeFormat
  ) -> String {
    columns.map { text(row[$0], table[$0]?.kind, time: time) }.joined(separator: ", ")
  }
}
