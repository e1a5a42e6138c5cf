// SPDX-License-Identifier: MIT
import JSONValues

/// pandas adds some numbers up in another order, or by differences: the last digits may differ.
enum Nearness {
  static func isNear(_ ours: JSONValue, _ theirs: JSONValue) -> Bool {
    if let ours = ours.arrayValue, let theirs = theirs.arrayValue {
      return ours.count == theirs.count && zip(ours, theirs).allSatisfy(isNear)
    }
    guard let our = ours.doubleValue, let their = theirs.doubleValue else { return ours == theirs }
    return abs(our - their) <= 1e-12 * max(1, abs(their))
  }
}
