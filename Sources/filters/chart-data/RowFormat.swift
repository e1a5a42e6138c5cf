// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks
import JSONValues

/// The forms in which rows are printed; several queries come one after the other.
enum RowFormat: String {
  case json, jsonl, csv

  init(_ name: String?) throws(ChartTaskError) {
    guard let format = RowFormat(rawValue: name ?? "json") else {
      throw .unsupported("the format '\(name ?? "")'")
    }
    self = format
  }

  func bytes(_ results: [ChartData]) throws -> [UInt8] {
    var output: [UInt8] = []
    for result in results {
      if self == .json {
        output.append(contentsOf: result.rows)
        output.append(UInt8(ascii: "\n"))
        continue
      }
      let rows = try JSONValue(parsing: result.rows).arrayValue ?? []
      if self == .csv {
        Self.appendRecord(result.labels.map { .string($0) }, to: &output)
      }
      for row in rows {
        switch self {
        case .csv: Self.appendRecord((row.objectValue ?? [:]).values.map { $0 }, to: &output)
        case .jsonl, .json:
          JSONWriter.append(row, to: &output)
          output.append(UInt8(ascii: "\n"))
        }
      }
    }
    return output
  }

  /// RFC 4180, lines ended as Python's pandas ends them: by a line feed alone.
  private static func appendRecord(_ cells: [JSONValue], to output: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      output.append(contentsOf: text(of: cell).utf8)
    }
    output.append(UInt8(ascii: "\n"))
  }

  private static func text(of cell: JSONValue) -> String {
    guard let text = cell.stringValue else { return cell.isNull ? "" : cell.text }
    let isPlain = !text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
