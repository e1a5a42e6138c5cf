// SPDX-License-Identifier: MIT
import JSONValues

/// What a task prints: one JSON object, of which one member may be JSON text already.
package struct TaskOutput: Sendable {
  private let members: JSONObject
  private let document: (name: String, bytes: [UInt8])?

  package init(_ members: JSONObject) {
    self.members = members
    document = nil
  }

  /// Adds a member whose bytes are JSON, so that a large result is not parsed to be printed again.
  package init(_ members: JSONObject, _ name: String, _ bytes: [UInt8]) {
    self.members = members
    document = (name, bytes)
  }

  /// One line.
  var bytes: [UInt8] {
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
