// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// What d3 itself answers, one case a line.
enum Recorded {
  static func cases(_ name: String) throws -> [[JSONValue]] {
    let path = "\(#filePath.parentPath)/recorded/\(name).jsonl"
    return try SystemFiles().contents(of: path).split(separator: UInt8(ascii: "\n")).map {
      try JSONValue(parsing: $0).arrayValue ?? []
    }
  }
}
