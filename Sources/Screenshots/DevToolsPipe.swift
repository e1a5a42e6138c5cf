// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// Messages over the two pipes of a browser: JSON, each ended by a zero.
final class DevToolsPipe {
  private let reading: OpenFile
  private let writing: OpenFile
  private var incoming: [UInt8] = []
  /// Bytes of ``incoming`` that hold no end of a message.
  private var searched = 0
  private var outgoing: [UInt8] = []
  private var sent = 0

  init(reading: OpenFile, writing: OpenFile) throws(SystemError) {
    self.reading = reading
    self.writing = writing
    try reading.stopWaiting()
    try writing.stopWaiting()
  }

  func put(_ message: [UInt8]) {
    outgoing.append(contentsOf: message)
    outgoing.append(0)
  }

  /// Waits for at most this long, moves what can be moved, and returns the messages that are complete.
  ///
  /// Both directions at once: the browser does not read while nobody takes what it writes.
  ///
  /// - Throws: EPIPE when the browser has closed its end.
  func turn(_ time: Duration) throws(SystemError) -> [[UInt8]] {
    var wishes = [DescriptorPoll.Wish(reading.descriptor)]
    if sent < outgoing.count { wishes.append(.init(writing.descriptor, .writing)) }
    let ready = DescriptorPoll.ready(wishes, within: time)
    if ready.count > 1, ready[1] { try write() }
    guard ready[0] else { return [] }
    return try read()
  }

  private func write() throws(SystemError) {
    do { sent += try writing.writeSome(outgoing[sent...]) } catch {
      guard error.errno == .tryAgain else { throw error }
    }
    if sent == outgoing.count {
      outgoing.removeAll(keepingCapacity: outgoing.count < Self.chunk)
      sent = 0
    }
  }

  private static let chunk = 1 << 18

  private func read() throws(SystemError) -> [[UInt8]] {
    let part: [UInt8]
    do { part = try reading.readSome(Self.chunk) } catch  where error.errno == .tryAgain {
      return []
    }
    guard !part.isEmpty else { throw SystemError("read", reading.path, .brokenPipe) }
    incoming.append(contentsOf: part)
    return takeMessages()
  }

  private func takeMessages() -> [[UInt8]] {
    var messages: [[UInt8]] = []
    var start = 0
    while let end = endOfMessage(from: max(start, searched)) {
      messages.append(Array(incoming[start..<end]))
      start = end + 1
    }
    if start > 0 { incoming.removeFirst(start) }
    searched = incoming.count
    return messages
  }

  /// memchr(3): pictures are long.
  private func endOfMessage(from start: Int) -> Int? {
    incoming.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 0, bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}
