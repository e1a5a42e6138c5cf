// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SQLDatabases

/// Rows as CSV. How a column is written depends on all its rows, as in a pandas frame: with what the first run over them has
/// shown, a second one writes it right.
struct CSVRowWriter: RowSink {
  /// What has to be known of the columns before their first row is written.
  struct Shape: Hashable {
    /// Columns with numbers and texts: texts all of them.
    var texts: Set<Int> = []
    /// Columns of integers among which there are nulls or fractions: pandas has them as floats.
    var floats: Set<Int> = []
    /// Columns of times that are not all midnights, by the digits of their seconds' fractions.
    var clocks: [Int: Int] = [:]
  }

  var bytes: [UInt8] = []
  private(set) var rowCount = 0
  private(set) var columns = ResultColumns()
  private(set) var clocks: [Int: Int] = [:]
  private let times: TimeColumns
  private let shape: Shape
  /// Names that the dataset has for people, by its own; nil where names and values are written as they are.
  private let titles: [String: String]?
  private var timeColumns: [TimeColumn?] = []

  init(times: TimeColumns, titles: [String: String]?, shape: Shape = Shape()) {
    self.times = times
    self.titles = titles
    self.shape = shape
  }

  /// What the rows have shown.
  var found: Shape {
    let floats = columns.kinds.indices.filter {
      columns.kinds[$0].contains(KindSet(.integer)) && !columns.mixed.contains($0)
        && (columns.nulls.contains($0) || columns.kinds[$0].contains(KindSet(.real)))
    }
    return Shape(texts: columns.mixed, floats: Set(floats), clocks: clocks)
  }

  mutating func write(_ row: any SQLRow, labels: [String]) {
    if rowCount == 0 { begin(labels) }
    var fields: [String] = []
    for index in labels.indices {
      let kind = row.kind(at: index)
      columns.note(kind, at: index)
      fields.append(field(row, index, kind))
    }
    CSVText.append(fields, titles == nil ? .plain : .superset, to: &bytes)
    rowCount += 1
  }

  /// Without rows pandas knows no columns either.
  mutating func finish() { if rowCount == 0, titles != nil { bytes.append(UInt8(ascii: "\n")) } }

  private mutating func begin(_ labels: [String]) {
    columns.begin(labels)
    timeColumns = labels.map { times[$0] }
    let names = titles.map { titles in labels.map { CSVText.escaped(titles[$0] ?? $0) } }
    CSVText.append(names ?? labels, titles == nil ? .plain : .superset, to: &bytes)
  }

  private mutating func field(_ row: any SQLRow, _ index: Int, _ kind: SQLKind) -> String {
    if let time = timeColumns[index] {
      return time.time(row, index, kind).map { field($0, index) } ?? ""
    }
    switch kind {
    case .null: return ""
    case .integer:
      let number = row.integer(at: index)
      return shape.floats.contains(index) ? PythonText.of(Double(number)) : String(number)
    case .real:
      let number = row.real(at: index)
      return number.isNaN ? "" : PythonText.of(number)
    case .decimal:
      // Superset's decimals are printed with all their digits.
      return row.real(at: index).isNaN ? "" : row.text(at: index, .text)
    case .boolean: return row.integer(at: index) == 0 ? "False" : "True"
    case .time: return row.time(at: index).map { field($0, index) } ?? ""
    case .text, .blob:
      let text = row.text(at: index, kind)
      return titles == nil ? text : CSVText.escaped(text)
    }
  }

  private mutating func field(_ time: CivilTime, _ index: Int) -> String {
    if let digits = time.clockDigits { clocks[index] = max(clocks[index] ?? 0, digits) }
    return time.csv(clock: shape.clocks[index])
  }
}

extension CivilTime {
  /// Digits of the seconds' fraction, 0, 3 or 6, as pandas prints it; nil at midnight.
  var clockDigits: Int? {
    let fraction = microseconds - microseconds.flooredQuotient(1_000_000) * 1_000_000
    if fraction != 0 { return fraction % 1_000 == 0 ? 3 : 6 }
    return calendar.microsecondOfDay == 0 ? nil : 0
  }

  /// As pandas writes a column of times.
  ///
  /// - Parameter clock: the most digits that one of them has, nil where all are midnights.
  func csv(clock: Int?) -> String {
    guard let clock else { return String(text.prefix(10)) }
    return clock == 0 ? text : text + fraction.prefix(1 + clock)
  }
}
