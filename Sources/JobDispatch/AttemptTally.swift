// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Counts the attempts that workers write into log/jobs.jsonl, from the moment this is made on.
///
/// It takes from a line only what it counts, by the names of its members: many lines come while a spool is busy.
final class AttemptTally {
  struct Ending: Hashable {
    let queue: QueueName
    let verdict: String
  }

  /// Bytes that are read at a time: about a millisecond's worth.
  private static let portion = 128 * 1024
  /// More verdicts than there are were not written by us.
  private static let verdictLimit = 64

  private(set) var endings: [Ending: Int] = [:]
  private(set) var durations: [QueueName: SecondsHistogram] = [:]

  private let path: String
  private var file: OpenFile?
  private var rest: [UInt8] = []
  private var verdicts: Set<String> = []

  /// What stands in the log already was counted by somebody before us.
  init(_ path: String) throws(SystemError) {
    self.path = path
    file = try open()
    if let file { try file.seek(to: file.status().size) }
  }

  /// Reads some more; false when there is no more for now.
  func readOn(_ queues: (QueueName) -> Bool) throws(SystemError) -> Bool {
    if file == nil { file = try open() }
    guard let file else { return false }
    let bytes = try file.readSome(Self.portion)
    guard bytes.isEmpty else {
      take(bytes, queues)
      return true
    }
    // The end of this file; a person or a rotation may have begun another one.
    guard try SystemFiles().status(of: path)?.inode != file.status().inode else { return false }
    rest = []
    self.file = try open()
    return self.file != nil
  }

  private func open() throws(SystemError) -> OpenFile? {
    do {
      return try SystemFiles().open(path, .read)
    } catch  where error.errno == .noSuchFile {
      return nil
    }
  }

  private func take(_ bytes: [UInt8], _ queues: (QueueName) -> Bool) {
    rest += bytes
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return }
    for line in rest[..<end].split(separator: UInt8(ascii: "\n")) { count(line, queues) }
    rest.removeSubrange(...end)
  }

  private func count(_ line: ArraySlice<UInt8>, _ queues: (QueueName) -> Bool) {
    // Quotes within a text are escaped, so that these can only be the members themselves.
    guard let queue = Self.text("queue", in: line).flatMap(QueueName.init), queues(queue),
      let verdict = Self.text("verdict", in: line)
    else { return }
    if verdicts.count < Self.verdictLimit { verdicts.insert(verdict) }
    guard verdicts.contains(verdict) else { return }
    endings[Ending(queue: queue, verdict: verdict), default: 0] += 1
    if let seconds = Self.value("\"seconds\":", in: line, upTo: ",}").flatMap(Double.init),
      seconds >= 0,
      seconds.isFinite
    {
      durations[queue, default: SecondsHistogram()].note(seconds)
    }
  }

  private static func text(_ name: String, in line: ArraySlice<UInt8>) -> String? {
    value("\"\(name)\":\"", in: line, upTo: "\"")
  }

  private static func value(
    _ start: String, in line: ArraySlice<UInt8>, upTo ends: String
  ) -> String? {
    guard let end = end(of: start, in: line) else { return nil }
    return String(decoding: line[end...].prefix { !ends.utf8.contains($0) }, as: UTF8.self)
  }

  /// The index behind the first place where the text stands.
  ///
  /// Bytes are compared here, since the library's search of any collection took more than all else about a line.
  private static func end(of text: String, in line: ArraySlice<UInt8>) -> Int? {
    var text = text
    return text.withUTF8 { sought in
      line.withUnsafeBufferPointer { bytes in
        guard let first = sought.first, bytes.count >= sought.count else { return nil }
        for start in 0...(bytes.count - sought.count) where bytes[start] == first {
          let end = start + sought.count
          if bytes[start..<end].elementsEqual(sought) { return line.startIndex + end }
        }
        return nil
      }
    }
  }
}
