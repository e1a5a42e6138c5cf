// SPDX-License-Identifier: MIT
import Foundation
import JSONValues

@testable import ChartQueries

/// What others have made of the same input, a case a line; the scripts beside the recordings have asked them.
enum Recorded {
  /// Empty where there is no such recording: each test says how many cases it expects.
  static func cases(_ name: String) -> [JSONValue] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("recorded/\(name).jsonl")
    let lines = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return lines.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
  }
}
