// SPDX-License-Identifier: MIT

/// A time in people's words, `7 days ago`, as Superset's own parser reads it.
package struct HumanTime: Error, Hashable {
  /// Why it is none, in Superset's words.
  package let objection: String

  /// - Parameter now: UTC; days begin and end there too.
  /// - Throws: the objection.
  package static func moment(
    _ text: String, now: CivilTime
  ) throws(HumanTime) -> CivilTime {
    do { return try TimeReader(now: now, extras: nil).moment(text) } catch {
      if case .incorrect(let fault) = error { throw HumanTime(objection: fault.reason) }
      throw HumanTime(objection: "\(error)")
    }
  }
}
