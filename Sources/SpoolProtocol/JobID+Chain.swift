// SPDX-License-Identifier: MIT

/// Ids that tell what a job belongs to: `41+1` follows `41`, `NAME+...` is a member of the group NAME.
extension JobID {
  /// The id of the n-th step after this job, from 1; the same whoever asks.
  package func step(_ number: Int) -> JobID {
    let suffix = "+\(number)"
    let room = NameRule.byteLimit - suffix.utf8.count
    guard text.utf8.count > room else { return JobID(certain: text + suffix) }
    // Of ids that are too long together only the beginning stays, told apart by what the whole was.
    let hash = "=" + StableHash.hex(text)
    return JobID(certain: String(text.prefix(room - hash.utf8.count)) + hash + suffix)
  }

  /// A member of the group that has this name.
  package func member(_ name: String) -> JobID? { JobID("\(text)+\(name)") }

  /// The job that this one follows, if its id is that of a step; also the name of its group.
  package var before: JobID? {
    text.lastIndex(of: "+").flatMap { JobID(String(text[..<$0])) }
  }

  private init(certain text: String) {
    guard let id = JobID(text) else { preconditionFailure("a bad id: \(text)") }
    self = id
  }
}
