// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// Looks whether a task's output can be a result.
enum OutputCheck {
  /// True for one JSON value of any size; an output that is empty becomes `null`.
  static func isJSON(
    _ path: String, _ files: any FileOperations
  ) throws(SystemError) -> Bool {
    let output = try files.open(path, .read)
    if try output.status().size == 0 {
      try files.write(Array("null\n".utf8), to: try files.open(path, .append))
      return true
    }
    var validator = JSONValidator()
    while true {
      let piece = try output.readSome(1 << 16)
      if piece.isEmpty { return validator.isComplete() }
      guard validator.feed(piece) else { return false }
    }
  }
}
