// SPDX-License-Identifier: MIT

/// Something in a spool that its rules do not allow.
package struct SpoolFinding: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let path: String
  package let sentence: String

  package init(_ path: String, _ sentence: String) {
    self.path = path
    self.sentence = sentence
  }

  package var description: String { "\(path): \(sentence)" }

  package static func < (left: SpoolFinding, right: SpoolFinding) -> Bool {
    (left.path, left.sentence) < (right.path, right.sentence)
  }
}

/// What ``Spool/check(at:)`` saw.
package struct CheckReport: Hashable, Sendable {
  package var findings: Set<SpoolFinding> = []
  /// Files that are jobs or what became of them: waiting, active, done or failed.
  package var jobs = 0

  package init() {}

  /// What both looks saw: a move under way between two directories is seen by one of them at most.
  package func confirmed(by later: CheckReport) -> CheckReport {
    var both = later
    both.findings.formIntersection(findings)
    return both
  }
}
