// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SQLDatabases

/// Rows as JSON objects, byte by byte from the cursor: the text is the only copy there is.
struct RowWriter: RowSink {
  var bytes: [UInt8]
  private(set) var rowCount = 0
  private(set) var columns = ResultColumns()
  private let times: TimeColumns
  /// Columns whose numbers are written as texts.
  private let textColumns: Set<Int>
  private var prefixes: [[UInt8]] = []
  private var timeColumns: [TimeColumn?] = []
  private let isArray: Bool

  init(times: TimeColumns, _ layout: RowLayout = .array, textColumns: Set<Int> = []) {
    self.times = times
    self.textColumns = textColumns
    isArray = layout == .array
    bytes = isArray ? [UInt8(ascii: "[")] : []
  }

  mutating func write(_ row: any SQLRow, labels: [String]) {
    if rowCount == 0 { begin(labels) } else if isArray { bytes.append(UInt8(ascii: ",")) }
    for index in prefixes.indices {
      bytes.append(contentsOf: prefixes[index])
      let kind = row.kind(at: index)
      columns.note(kind, at: index)
      write(row, index, kind)
    }
    bytes.append(UInt8(ascii: "}"))
    if !isArray { bytes.append(UInt8(ascii: "\n")) }
    rowCount += 1
  }

  mutating func finish() { if isArray { bytes.append(UInt8(ascii: "]")) } }

  /// Each name is escaped once, together with the brace or comma in front of it.
  private mutating func begin(_ labels: [String]) {
    columns.begin(labels)
    prefixes = labels.enumerated().map { index, label in
      var prefix = [UInt8(ascii: index == 0 ? "{" : ",")]
      JSONWriter.append(label, to: &prefix)
      return prefix + [UInt8(ascii: ":")]
    }
    timeColumns = labels.map { times[$0] }
  }

  private mutating func write(_ row: any SQLRow, _ index: Int, _ kind: SQLKind) {
    if let time = timeColumns[index] {
      return write(time.milliseconds(row, index, kind))
    }
    switch kind {
    case .null: write(nil)
    case .integer where textColumns.contains(index):
      JSONWriter.append(String(row.integer(at: index)), to: &bytes)
    case .integer: JSONWriter.append(row.integer(at: index), to: &bytes)
    case .real where textColumns.contains(index), .decimal where textColumns.contains(index):
      JSONWriter.append(PythonText.of(row.real(at: index)), to: &bytes)
    case .real, .decimal: JSONWriter.append(row.real(at: index), to: &bytes)
    case .text: row.withBytes(at: index) { JSONText.append($0, to: &bytes) }
    case .boolean: bytes.append(contentsOf: (row.integer(at: index) == 0 ? "false" : "true").utf8)
    case .time: write(row.time(at: index)?.epochMilliseconds)
    case .blob: row.withBytes(at: index) { JSONText.appendBlob($0, to: &bytes) }
    }
  }

  private mutating func write(_ milliseconds: Double?) {
    guard let milliseconds else {
      bytes.append(contentsOf: "null".utf8)
      return
    }
    JSONWriter.append(milliseconds, to: &bytes)
  }
}
