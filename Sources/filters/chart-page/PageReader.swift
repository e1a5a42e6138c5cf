// SPDX-License-Identifier: MIT
import JSONValues

/// The input as one value.
enum PageReader {
  /// Also one row a line, as `chart-data --format jsonl` prints them.
  static func value(_ bytes: [UInt8]) throws(PageRequestError) -> JSONValue {
    do { return try JSONValue(parsing: bytes) } catch {
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
        .filter { line in line.contains { $0 > 0x20 } }
      guard lines.count > 1 else { throw .badData(reason: "\(error)") }
      var rows: [JSONValue] = []
      for line in lines {
        guard let row = try? JSONValue(parsing: line), row.objectValue != nil else {
          throw .badData(reason: "\(error)")
        }
        rows.append(row)
      }
      return .array(rows)
    }
  }
}
