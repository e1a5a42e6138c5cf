// SPDX-License-Identifier: MIT

/// A job's id: its file name without `.json`, the same for every attempt.
package struct JobID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  /// Nil for a name outside ``NameRule``.
  package init?(_ text: String) {
    guard NameRule.objection(to: text) == nil else { return nil }
    self.text = text
  }

  package var description: String { text }

  package static func < (left: JobID, right: JobID) -> Bool { left.text < right.text }

  /// The id that a newcomer gets where this one is taken: `-2`, `-3`... appended, within the limit of a name.
  package func numbered(_ number: Int) -> JobID {
    let suffix = "-\(number)"
    let room = NameRule.byteLimit - suffix.utf8.count
    return JobID(trusted: String(text.prefix(room)) + suffix)
  }

  private init(trusted text: String) { self.text = text }
}

/// A job's file name: its id and, beyond the first, the attempt: `NAME.json`, `NAME.try2.json`.
package struct JobName: Hashable, Sendable, CustomStringConvertible {
  package let id: JobID
  /// From 1.
  package let attempt: Int

  package init(id: JobID, attempt: Int = 1) {
    self.id = id
    self.attempt = attempt
  }

  /// Nil where the name does not end in `.json` or its rest is outside ``NameRule``.
  package init?(fileName: String) {
    guard fileName.hasSuffix(".json") else { return nil }
    let stem = fileName.dropLast(".json".count)
    // The directory of a run bears the job's id: it must not look like another job's file.
    guard !stem.hasSuffix(".json") else { return nil }
    if let dot = stem.range(ofLast: ".try"), let attempt = Self.attempt(stem[dot.upperBound...]),
      let id = JobID(String(stem[..<dot.lowerBound])), !id.text.hasSuffix(".json")
    {
      self.init(id: id, attempt: attempt)
    } else {
      guard let id = JobID(String(stem)) else { return nil }
      self.init(id: id)
    }
  }

  /// Only as ``fileName`` writes it: any other spelling would lose the file when its name is written anew.
  private static func attempt(_ text: Substring) -> Int? {
    guard let attempt = Int(text), (2...attemptLimit).contains(attempt), String(attempt) == text
    else { return nil }
    return attempt
  }

  /// Attempts are counted no further; far above any number of tries.
  private static let attemptLimit = 9999

  package var fileName: String { attempt > 1 ? "\(id).try\(attempt).json" : "\(id).json" }

  package var next: JobName { JobName(id: id, attempt: min(attempt + 1, Self.attemptLimit)) }

  package var description: String { fileName }
}

extension Substring {
  fileprivate func range(ofLast needle: String) -> Range<Substring.Index>? {
    var start = endIndex
    while start > startIndex {
      start = index(before: start)
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
    }
    return nil
  }
}
