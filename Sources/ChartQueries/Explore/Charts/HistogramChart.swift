// SPDX-License-Identifier: MIT
import JSONValues

/// Raw numbers, for the browser to count.
struct HistogramChart: LegacyChart {
  static let name = "histogram"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    guard let columns = form["all_columns_x"] else {
      throw .chart(reason: "Must have at least one numeric column specified")
    }
    guard let columns = columns.arrayValue else {
      throw .breaksOff(reason: "can only concatenate str (not \"list\") to str")
    }
    query.members["columns"] = .array(columns + (form["groupby"]?.arrayValue ?? []))
    query.members["groupby"] = nil as JSONValue
    query.members["metrics"] = nil as JSONValue
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let columns = try result.form.labels("all_columns_x")
    let names = try result.form.labels("groupby")
    var data: [JSONValue] = []
    for group in PostProcessing.groups(of: result.table, by: names) {
      let parts = try group.key.map { cell throws(ChartQueryError) in try Self.plain(cell) }
      for column in columns {
        let cells = try result.table.legacyCells(column)
        let key = columns.count > 1 || names.isEmpty ? [column] + parts : parts
        data.append([
          "key": .string(key.joined(separator: "__")),
          "values": .array(group.rows.map { cells[$0].json }),
        ])
      }
    }
    return LegacyData(.array(data))
  }

  /// Whatever is no letter, digit or underscore becomes one, several together one.
  private static func plain(_ cell: Cell) throws(ChartQueryError) -> String {
    guard case .text(let text) = cell else {
      let type = cell.isInteger ? "int" : "float"
      throw .breaksOff(reason: "expected string or bytes-like object, got '\(type)'")
    }
    var plain = ""
    var isBetween = false
    for scalar in text.unicodeScalars {
      let isWord =
        scalar == "_" || scalar.properties.isAlphabetic && !scalar.properties.isMark
        || scalar.properties.numericType != nil
      if isWord {
        plain.unicodeScalars.append(scalar)
      } else if !isBetween {
        plain += "_"
      }
      isBetween = !isWord
    }
    return plain
  }
}

extension Unicode.Scalar.Properties {
  /// What stands on or around another letter.
  fileprivate var isMark: Bool {
    switch generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
