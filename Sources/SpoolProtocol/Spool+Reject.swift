// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// incoming → corrupt: what is not a job is kept byte for byte, the reason beside it.
  ///
  /// Returns the path it has now; nil where its producer has taken it back meanwhile.
  package func reject(
    _ fileName: String, in queue: QueueName?, because reason: String
  ) throws(SystemError) -> String? {
    let source =
      (queue.map { layout.directory(of: .incoming, $0) } ?? layout.directory(of: .incoming))
      + "/\(fileName)"
    let directory = queue.map { layout.directory(of: .corrupt, $0) } ?? layout.corruptStrays
    try files.makeDirectories(directory)
    guard let status = try files.status(of: source) else { return nil }
    let target = try "\(directory)/\(corruptName(for: fileName, status, in: directory))"
    // The reason first: a crash before the rename leaves a reason that the next attempt writes over.
    try publishReason(reason, for: fileName, beside: target)
    do {
      // Commit point: the file is no longer in anybody's way.
      try files.rename(source, to: target)
      return target
    } catch  where error.errno == .noSuchFile {
      try files.unlinkIfPresent(target + ".reason")
      return nil
    }
  }

  func publishReason(
    _ reason: String, for fileName: String, beside target: String
  ) throws(SystemError) {
    try files.publish(
      Array(Self.oneLine("\(reason) (dropped as \(Self.shown(fileName)))").utf8),
      as: target + ".reason")
  }

  /// Its own name, where that is within the rule and free; otherwise a new one. A `.reason` is never a file's own.
  func corruptName(
    for fileName: String, _ status: FileStatus, in directory: String
  ) throws(SystemError) -> String {
    let isFine = NameRule.objection(to: fileName) == nil && !fileName.hasSuffix(".reason")
    // The same at the next attempt: the reason that a crash left is written over, not left behind.
    let base = isFine ? fileName : "unnamed-\(status.inode)"
    guard try files.exists("\(directory)/\(base)") else { return base }
    return "\(base)-\(try freeNumber(behind: "\(directory)/\(base)"))"
  }

  /// A number from 2 whose name is free.
  private func freeNumber(behind path: String) throws(SystemError) -> Int {
    try Self.firstNumber { (number) throws(SystemError) -> Bool in
      guard number > 1 else { return true }
      return try files.exists("\(path)-\(number)")
    }
  }

  /// The first number from 1 that is not taken, where those that are taken follow each other.
  ///
  /// In few looks, the last of them at the number found: a producer may repeat its mistake ten thousand times.
  static func firstNumber(
    _ isTaken: (Int) throws(SystemError) -> Bool
  ) throws(SystemError) -> Int {
    var taken = 0
    var free = 1
    while try isTaken(free) {
      taken = free
      free *= 2
    }
    guard free - taken > 1 else { return free }
    while free - taken > 1 {
      let middle = (taken + free) / 2
      if try isTaken(middle) { taken = middle } else { free = middle }
    }
    _ = try isTaken(free)
    return free
  }

  private static func oneLine(_ text: String) -> String {
    text.map { $0.isNewline ? " " : String($0) }.joined() + "\n"
  }

  /// A name as a person can read it, whatever bytes it has.
  private static func shown(_ name: String) -> String {
    "'" + name.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "'"
  }
}
