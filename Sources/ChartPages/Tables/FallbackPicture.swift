// SPDX-License-Identifier: MIT
import JSONValues

/// The data of a chart that nobody here can draw, as a table that says so.
enum FallbackPicture: Picture {
  private static let note = 26.0

  static func drawn(_ chart: Chart, in box: Box) throws(ChartFault) -> Markup {
    let words = "Chart type \(PlainText.cleaned(chart.viz, limit: 60)), as a table"
    let table = try rows(chart)
    let rest = box.inset(top: note)
    return Markup("p", ["class": "note"], Markup(text: words))
      + TablePicture(chart, table).drawn(in: rest)
  }

  /// Rows as they are, or whatever there is in name and value.
  private static func rows(_ chart: Chart) throws(ChartFault) -> DataTable {
    if !chart.tables.isEmpty { return try chart.table() }
    let legacy = chart.legacy ?? .null
    let rows: [JSONObject]
    if let items = legacy.arrayValue {
      rows = items.map { $0.objectValue ?? ["value": $0] }
    } else if let members = legacy.objectValue {
      rows = members.elements.map { ["name": .string($0.key), "value": $0.value] }
    } else {
      rows = legacy.isNull ? [] : [["value": legacy]]
    }
    guard !rows.isEmpty else { throw .empty }
    return DataTable(.array(rows.prefix(1000).map(JSONValue.object)))
      ?? DataTable(
        columns: [], rows: [])
  }
}
