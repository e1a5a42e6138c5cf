// SPDX-License-Identifier: MIT

extension DataTable {
  /// A pivot whose metrics stand side by side within each series, instead of the series within each metric.
  ///
  /// What holds nothing at all is gone then, as pandas drops it on the way.
  var combined: DataTable {
    let kept = (0..<rowCount).filter { row in columns.contains { !$0.cells[row].isNull } }
    let table = rows(kept)
    let metrics = Self.sorted(
      table.columns.filter { !$0.cells.allSatisfy(\.isNull) }.map { [$0.label[0]] })
    guard hasLevels else {
      return DataTable(
        metrics.flatMap { metric in table.columns.filter { $0.label == metric } },
        index: table.index)
    }
    let places = Dictionary(
      table.columns.enumerated().map { ($1.label, $0) }, uniquingKeysWith: { first, _ in first })
    let series = Self.sorted(columns.map { Array($0.label.dropFirst()) })
    let combined = series.flatMap { part in
      metrics.map { metric in
        let cells = places[metric + part].map { table.columns[$0].cells }
        return Column(
          label: part + metric, cells: cells ?? kept.map { _ in .null }, holdsNumbers: true)
      }
    }
    return DataTable(combined, index: table.index)
  }

  private static func sorted(_ labels: [Label]) -> [Label] {
    Set(labels).sorted(by: precedes)
  }
}
