// SPDX-License-Identifier: MIT

extension Collection<String> {
  /// The first of many say enough.
  func listed(_ limit: Int, by separator: String = ", ") -> String {
    let rest = count - limit
    return prefix(limit).joined(separator: separator) + (rest > 0 ? " and \(rest) more" : "")
  }
}
