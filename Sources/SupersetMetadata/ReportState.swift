// SPDX-License-Identifier: MIT

/// Where a schedule of reports or alerts stands, in the words in which Superset's tables keep it.
package enum ReportState: String, Hashable, Sendable, CaseIterable {
  case success = "Success"
  case working = "Working"
  case error = "Error"
  /// An alert whose condition does not hold; also a schedule that never ran.
  case notTriggered = "Not triggered"
  /// An alert that would tell again what it has just told.
  case onGrace = "On Grace"
}
