// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Streams from one column's values to another's.
struct SankeyChart: LegacyChart {
  static let name = "sankey"

  func edit(_ query: inout LegacyQuery, _ form: ExploreForm) throws(ChartQueryError) {
    guard query.members["groupby"]?.arrayValue?.count == 2 else {
      throw .chart(reason: "Pick exactly 2 columns as [Source / Target]")
    }
    let metric = try form.required("metric")
    query.members["metrics"] = [metric]
    if form.saysAnything("sort_by_metric") { query.order(by: metric, ascending: false) }
  }

  func data(_ result: LegacyResult) throws(ChartQueryError) -> LegacyData {
    guard !result.isEmpty else { return .none }
    let groups = try result.form.labels("groupby")
    let metrics = try result.form.metricLabels
    guard groups.count == 2, metrics.count == 1 else {
      throw .breaksOff(reason: "too many values to unpack (expected 1)")
    }
    guard groups[0] != groups[1] else { throw .breaksOff(reason: "'source'") }
    let new = [groups[0]: "source", groups[1]: "target", metrics[0]: "value"]
    var table = result.table
    for position in table.columns.indices {
      let name = table.columns[position].label[0].text
      guard let label = new[name] else { continue }
      table.columns[position].label = [.text(label)]
      guard label != "value" else { continue }
      table.columns[position].cells = table.columns[position].cells.asOneKind.asTexts
    }
    try Self.refuseLoop(table)
    return LegacyData(
      table.legacyRecords, columnNames: table.columns.map { $0.label[0].text })
  }

  private static func refuseLoop(_ table: DataTable) throws(ChartQueryError) {
    var targets: [Cell: [Cell]] = [:]
    var order: [Cell] = []
    let pairs = zip(try table.legacyCells("source"), try table.legacyCells("target"))
    for (source, target) in pairs {
      if targets[source] == nil { order.append(source) }
      targets[source, default: []].append(target)
    }
    var search = LoopSearch(targets)
    for source in order {
      guard let link = search.loop(from: source) else { continue }
      let names = "(\(PythonText.quoted(link.0.text)), \(PythonText.quoted(link.1.text)))"
      throw .chart(
        reason: "There's a loop in your Sankey, please provide a tree."
          + " Here's a faulty link: \(names)")
    }
  }
}

/// Follows links until one leads back to where it has been.
private struct LoopSearch {
  private let targets: [Cell: [Cell]]
  private var path: Set<Cell> = []
  /// Nothing behind these leads back.
  private var harmless: Set<Cell> = []

  init(_ targets: [Cell: [Cell]]) { self.targets = targets }

  /// The link from `cell` behind which a loop lies. The way there may be as long as the rows are many, too long for the stack.
  mutating func loop(from cell: Cell) -> (Cell, Cell)? {
    guard !harmless.contains(cell) else { return nil }
    var way = [(cell: cell, rest: (targets[cell] ?? [])[...])]
    path.insert(cell)
    var first: Cell?
    while let place = way.indices.last {
      guard let next = way[place].rest.popFirst() else {
        let done = way.removeLast().cell
        path.remove(done)
        harmless.insert(done)
        continue
      }
      if place == 0 { first = next }
      if path.contains(next) { return first.map { (cell, $0) } }
      guard !harmless.contains(next) else { continue }
      way.append((next, (targets[next] ?? [])[...]))
      path.insert(next)
    }
    return nil
  }
}

extension [Cell] {
  /// As pandas makes texts of a column; a gap becomes the word for it.
  fileprivate var asTexts: [Cell] {
    let isNumeric = contains { $0.number != nil }
    return map { .text($0.isNull && isNumeric ? "nan" : $0.text) }
  }
}
