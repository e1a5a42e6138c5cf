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
    guard let stem = fileName[...].cut(".json") else { return nil }
    // The directory of a run bears the job's id: it must not look like another job's file.
    guard stem.cut(".json") == nil else { return nil }
    if let (text, number) = stem.parts(aroundLast: ".try"), let attempt = Self.attempt(number),
      let id = JobID(String(text)), text.cut(".json") == nil
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

/// By bytes: every name of every listing is read here, and characters cost ten times as much.
extension Substring {
  /// The text before this ending; nil where it has another one.
  fileprivate func cut(_ ending: String) -> Substring? {
    guard utf8.count >= ending.utf8.count else { return nil }
    let start = utf8.index(endIndex, offsetBy: -ending.utf8.count)
    return self[start...].utf8.elementsEqual(ending.utf8) ? self[..<start] : nil
  }

  fileprivate func parts(aroundLast needle: String) -> (Substring, Substring)? {
    guard let first = needle.utf8.first else { return nil }
    var end = endIndex
    while let start = self[..<end].utf8.lastIndex(of: first) {
      if self[start...].utf8.starts(with: needle.utf8) {
        return (self[..<start], self[utf8.index(start, offsetBy: needle.utf8.count)...])
      }
      end = start
    }
    return nil
  }
}
