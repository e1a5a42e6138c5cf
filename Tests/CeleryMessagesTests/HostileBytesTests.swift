// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import Testing

/// Files that are not done, broken, or made to break their reader.
@Suite struct HostileBytesTests {
  @Test func `a message that is cut off anywhere is incomplete`() throws {
    for name in ["01-args-only", "14-gzip", "11-link-link_error"] {
      let bytes = try Recorded.message(name)
      for length in 0..<bytes.count {
        let error = failure { () throws(CeleryMessageError) in
          _ = try CeleryMessage(parsing: Array(bytes[..<length]))
        }
        #expect(error == .incomplete, "\(name) \(length)")
      }
    }
  }

  @Test func `a result that is cut off anywhere is incomplete`() throws {
    let bytes = try Recorded.bytes("results/failure-custom-exc")
    for length in 0..<bytes.count {
      let error = failure { () throws(CeleryMessageError) in
        _ = try CeleryResult(parsing: Array(bytes[..<length]), id: "x")
      }
      #expect(error == .incomplete, "\(length)")
    }
  }

  @Test(arguments: [#"[1"#, #""x"#, "12", "nul", "]", "{]"])
  func `what can become no message is not waited for`(_ text: String) {
    let error = failure { () throws(CeleryMessageError) in
      _ = try CeleryMessage(parsing: Array(text.utf8))
    }
    #expect(error != nil)
    #expect(error != .incomplete)
  }

  @Test func `changed bytes are an error or a message, and never a crash`() throws {
    var random = SystemRandomNumberGenerator()
    for recorded in try Recorded.messages() {
      let original = try Recorded.message(recorded.name)
      for _ in 0..<100 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let index = Int.random(in: bytes.indices, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.remove(at: index)
          default: bytes.insert(bytes.randomElement(using: &random) ?? 0, at: index)
          }
        }
        Self.readAll(bytes)
      }
    }
  }

  /// Bodies that are JSON but not what they ought to be.
  @Test func `changed bodies are an error or a message, and never a crash`() throws {
    var random = SystemRandomNumberGenerator()
    let values: [JSONValue] = [
      nil, true, 0, -1, 1e308, "", "x", [], [:], [[]], ["task": 1], ["task": "t"],
      ["task": "t", "subtask_type": "chord", "kwargs": ["header": 1]],
      ["task": "t", "subtask_type": "group"], .literal("99999999999999999999"),
    ]
    for recorded in try Recorded.messages() {
      for _ in 0..<200 {
        let body = Self.changed(recorded.body, values, &random)
        let message: JSONValue = [
          "content-type": "application/json", "body": .string(body.text),
          "headers": ["task": "t", "id": "i"],
        ]
        Self.readAll(message.bytes)
      }
    }
  }

  private static func changed(
    _ value: JSONValue, _ others: [JSONValue], _ random: inout SystemRandomNumberGenerator
  ) -> JSONValue {
    if Int.random(in: 0..<6, using: &random) == 0 {
      return others.randomElement(using: &random) ?? .null
    }
    switch value {
    case .array(var elements):
      guard let index = elements.indices.randomElement(using: &random) else { return value }
      elements[index] = changed(elements[index], others, &random)
      return .array(elements)
    case .object(var members):
      guard let key = members.keys.randomElement(using: &random) else { return value }
      members[key] = changed(members[key] ?? .null, others, &random)
      return .object(members)
    default: return others.randomElement(using: &random) ?? .null
    }
  }

  private static func readAll(_ bytes: [UInt8]) {
    let origin = CelerySteps.Origin(now: CeleryInstant(microseconds: 0)) { "id" }
    _ = failure { () throws(CeleryMessageError) in
      let message = try CeleryMessage(parsing: bytes)
      _ = message.bytes(deliveryTag: "x")
      _ = try message.failingSteps()
      _ = try message.errorSteps(from: origin)
      _ = try message.steps(after: 1, from: origin)
      if let unlock = try CeleryChordUnlock(message) { _ = unlock.state { _ in nil } }
    }
    _ = failure { () throws(CeleryMessageError) in _ = try CeleryControlMessage(parsing: bytes) }
    _ = failure { () throws(CeleryMessageError) in _ = try CeleryExchange(parsing: bytes) }
    _ = failure { () throws(CeleryMessageError) in
      _ = try CeleryResult(parsing: bytes, id: "x").bytes
    }
  }

  @Test func `deep nesting is refused, and what is just deep enough is read`() {
    for depth in [100, 400, 600, 100_000] {
      let args = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      Self.readAll(Self.message("[\(args),{},{}]"))
      var chain = #"{"task":"t"}"#
      for _ in 0..<min(depth, 600) {
        chain = #"{"task":"c","subtask_type":"chain","kwargs":{"tasks":[\#(chain)]}}"#
      }
      Self.readAll(Self.message(#"[[],{},{"chain":[\#(chain)]}]"#))
      var link = #"{"task":"t"}"#
      for _ in 0..<min(depth, 300) { link = #"{"task":"t","options":{"link":[\#(link)]}}"# }
      Self.readAll(Self.message(#"[[],{},{"callbacks":[\#(link)]}]"#))
    }
  }

  private static func message(_ body: String) -> [UInt8] {
    let message: JSONValue = [
      "content-type": "application/json", "body": .string(body),
      "headers": ["task": "t", "id": "i"],
    ]
    return message.bytes
  }

  @Test func `a small body that inflates without end is stopped`() throws {
    // 100,000 zeros as zlib packs them.
    let bomb = "eNrtwTEBAAAAwqBK65/OGh5AAQ" + String(repeating: "A", count: 127) + "K8G6adCSA=="
    let message: JSONValue = [
      "content-type": "application/json", "body": .string(bomb),
      "headers": ["task": "t", "id": "i", "compression": "application/x-gzip"],
      "properties": ["body_encoding": "base64"],
    ]
    let error = failure { () throws(CeleryMessageError) in
      _ = try CeleryMessage(parsing: message.bytes, inflatingUpTo: 1000)
    }
    #expect(error == .tooLarge(limit: 1000))
  }
}
