// SPDX-License-Identifier: MIT
import SystemCalls

/// Copies in place of files that are not their worker's alone.
extension Spool {
  /// Writes the copy that a candidate needs, aside; nothing has happened to the job yet.
  ///
  /// The owner of what somebody else has made is never changed: its producer may have it open, or another name for it.
  package func prepare(_ candidate: Candidate) throws(SystemError) -> Candidate {
    guard let bytes = candidate.sharedBytes, candidate.copy == nil else { return candidate }
    let aside = layout.copyAside(of: candidate.status.inode)
    try files.unlinkIfPresent(aside)
    let copy = try files.open(aside, candidate.heir == nil ? .create : .createPrivate)
    try files.write(bytes, to: copy)
    for name in [Self.crashAttribute, Self.expiryAttribute] where candidate.status.linkCount == 1 {
      guard let value = try noted(name, in: candidate.file) else { continue }
      _ = try files.setAttribute(name, of: copy, to: value)
    }
    try files.setModified(copy, to: candidate.status.modified)
    // The last of it: from here on the heir could change it.
    if let heir = candidate.heir { try files.giveAway(copy, to: heir) }
    var prepared = candidate
    prepared.copy = copy
    return prepared
  }

  /// A file with several names, or with another owner than its job shall have, is replaced by a copy.
  ///
  /// The copy takes the place of the name in one rename: at every instant the name is one whole job.
  /// - Returns: the file that has the name now.
  func isolate(_ candidate: Candidate) throws(SystemError) -> OpenFile {
    guard candidate.sharedBytes != nil else { return candidate.file }
    let isPrepared = candidate.copy != nil
    let copy = try prepare(candidate).durable
    if !isPrepared { try files.sync(copy) }
    let aside = layout.copyAside(of: candidate.status.inode)
    if let now = try files.status(of: candidate.path), now.inode != candidate.status.inode {
      // Its producer has put another file there: that one is still to be examined.
      try files.unlink(aside)
      throw SystemError("copy", candidate.path, .tryAgain)
    }
    // Commit point: the name belongs to the copy.
    try files.replace(candidate.path, with: aside)
    return copy
  }

  /// Removes the copies that a dispatcher was killed over.
  ///
  /// - Important: to be called by the only dispatcher, before it makes any.
  package func sweepCopies() throws(SystemError) {
    let directory = layout.directory(of: .active)
    for name in try files.names(in: directory) where SpoolLayout.isCopyAside(name) {
      try files.unlinkIfPresent("\(directory)/\(name)")
    }
  }
}
