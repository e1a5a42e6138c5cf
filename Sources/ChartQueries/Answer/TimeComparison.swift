// SPDX-License-Identifier: MIT

/// A query asked again for other times, whose metrics are put beside its own rows.
struct TimeComparison {
  private let query: QueryObject
  private let offsets: [TimeOffset]
  private let range: (from: CivilTime, to: CivilTime)
  private let standardLimit: Int
  private let grain: String?
  private let axis: String?

  /// - Throws: an error where the time range is open at a side, or an offset is none.
  init(_ query: QueryObject, limits: RowLimits) throws(ChartQueryError) {
    let whole = try query.comparedRange()
    guard let from = whole.from, let to = whole.to else {
      throw .timeRange(
        reason: "An enclosed time range (both start and end) must be specified"
          + " when using a Time Comparison.")
    }
    self.query = query
    range = (from, to)
    standardLimit = limits.standard
    grain = query.comparedGrain
    axis = query.axisLabel
    offsets = try query.timeOffsets.map { [grain] text throws(ChartQueryError) in
      try TimeOffset(text, grain: grain)
    }
  }

  /// - Parameter rows: asks a query, and gives what came.
  func joined(
    to table: DataTable, _ rows: (QueryObject) throws(ChartQueryError) -> DataTable
  ) throws(ChartQueryError) -> DataTable {
    let metrics = (query.metrics ?? []).map(\.label)
    let keys = table.columns.map(\.name).filter { !metrics.contains($0) }
    let isTimed = table.isTime(axis ?? QueryObject.timestampLabel)
    var moved = query
    var result = table
    for offset in offsets {
      moved = try self.moved(moved, by: offset, isTimed: isTimed)
      var other = try rows(moved)
      for position in other.columns.indices
      where metrics.contains(other.columns[position].name) {
        other.columns[position].label = [
          .text("\(other.columns[position].name)__\(offset.text)")
        ]
      }
      if other.columns.isEmpty {
        other = .empty(metrics.map { "\($0)__\(offset.text)" }, keys: keys)
      }
      result = try join(result, other, keys, offset)
    }
    return result
  }

  /// The query before at another time. Filters on times are moved once more by each offset after the other, as Superset does.
  private func moved(
    _ before: QueryObject, by offset: TimeOffset, isTimed: Bool
  ) throws(ChartQueryError) -> QueryObject {
    let times = try TimeRange(from: offset.moved(range.from), to: offset.moved(range.to))
    var filters = before.filters
    for (place, filter) in filters.enumerated() where !isTimed {
      filters[place] = try filter.moved(offset, query.times)
    }
    filters.removeAll { $0.column == axis.map { .named($0) } }
    return before.moved(
      to: times, seriesWithin: try TimeRange(from: range.from, to: range.to),
      granularity: before.granularity ?? axis, filters: filters, rowLimit: standardLimit)
  }

  private func join(
    _ table: DataTable, _ other: DataTable, _ names: [String], _ offset: TimeOffset
  ) throws(ChartQueryError) -> DataTable {
    guard !names.isEmpty else { return table.besides(other) }
    var left = names.map { table.cells(of: $0) ?? [] }
    var right = names.map { other.cells(of: $0) ?? [] }
    if let grain {
      // The first column is the time, compared as its step is written.
      let step = GrainText(grain)
      left[0] = try (table.columns.first?.cells ?? []).map { cell throws(ChartQueryError) in
        if case .time(let time) = cell { return .text(step.text(of: try offset.moved(time))) }
        return .text(cell.text)
      }
      right[0] = (other.columns.first?.cells ?? []).map { cell in
        if case .time(let time) = cell { .text(step.text(of: time)) } else { .text(cell.text) }
      }
    }
    let added = other.columns.filter { !names.contains($0.name) }
    return try table.leftJoined(keys: left, added, on: right).begun(with: names)
  }
}

extension QueryFilter {
  /// The filter with its range of times moved back; any other as it is.
  fileprivate func moved(
    _ offset: TimeOffset, _ times: TimeReader
  ) throws(ChartQueryError) -> QueryFilter {
    guard condition == .temporalRange, let text = value.stringValue else { return self }
    let range = try times.range(text)
    let moved = try [range.from, range.to].map { time throws(ChartQueryError) in
      try time.map { time throws(ChartQueryError) in try offset.movedBack(time).text } ?? ""
    }
    return with(value: .string(moved.joined(separator: " : ")))
  }
}
