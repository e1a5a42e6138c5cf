// SPDX-License-Identifier: MIT
import JSONValues

/// What a task prints: one JSON object, of which one member may be JSON text already; a filter may print many.
package struct TaskOutput: Sendable {
  private let members: JSONObject
  private let document: (name: String, bytes: [UInt8])?
  /// What is printed instead, as it is.
  private var lines: [UInt8]?

  package init(_ members: JSONObject) {
    self.members = members
    document = nil
  }

  /// Adds a member whose bytes are JSON, so that a large result is not parsed to be printed again.
  package init(_ members: JSONObject, _ name: String, _ bytes: [UInt8]) {
    self.members = members
    document = (name, bytes)
  }

  /// JSON lines, for a task that is run as a filter: each is the input of the next program.
  package init(lines: [String]) {
    self.init([:])
    self.lines = lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
  }

  /// One line, but for a filter's.
  var bytes: [UInt8] {
    if let lines { return lines }
    var bytes = JSONValue.object(members).bytes
    if let document {
      bytes.removeLast()
      if !members.isEmpty { bytes.append(UInt8(ascii: ",")) }
      JSONWriter.append(document.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes.append(contentsOf: document.bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}
