// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// The end of an event log: where the next line begins and which id it must exceed.
struct EventTail: Hashable {
  /// Bytes that are read first; many times a line.
  static let firstChunk = 16 * 1024

  var size = 0
  var lastID: EventID?
  /// False where somebody left a line without its end.
  var endsWithLine = true

  init() {}

  /// Reads backwards as far as the last line with an id.
  init(of file: OpenFile) throws(SystemError) {
    size = try file.status().size
    var chunk = Self.firstChunk
    while size > 0 {
      let bytes = try file.readTail(chunk)
      endsWithLine = bytes.last == UInt8(ascii: "\n")
      // The first of them may have lost its beginning.
      let lines = bytes.split(separator: UInt8(ascii: "\n")).dropFirst(chunk < size ? 1 : 0)
      for line in lines.reversed() {
        lastID = (try? JSONValue(parsing: line))?["id"]?.stringValue.flatMap { EventID($0) }
        if lastID != nil { return }
      }
      if chunk >= size { return }
      chunk *= 4
    }
  }
}
