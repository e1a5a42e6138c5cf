// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SystemCalls

/// What Celery 5.4.0, 5.7.0 and Superset's own (5.4.0) wrote, as they wrote it.
enum Recorded {
  private static let directory = #filePath.parentPath + "/recorded"

  static func bytes(_ path: String) throws -> [UInt8] {
    try SystemFiles().contents(of: "\(directory)/\(path)")
  }

  static func names(in folder: String) throws -> [String] {
    try SystemFiles().names(in: "\(directory)/\(folder)").sorted()
  }

  /// A message's bytes.
  static func message(_ name: String) throws -> [UInt8] { try bytes("messages/\(name).msg") }

  struct Message {
    let name: String
    let fileName: String?
    /// As Python's base64 and JSON see it; null where it is something else.
    let body: JSONValue
  }

  static func messages() throws -> [Message] {
    let lines = try bytes("messages/decoded.jsonl").split(separator: UInt8(ascii: "\n"))
    return try lines.map { line in
      let value = try JSONValue(parsing: line)
      return Message(
        name: value["name"]?.stringValue ?? "", fileName: value["file_name"]?.stringValue,
        body: value["body"] ?? .null)
    }
  }
}

extension JSONValue {
  /// The same without a member.
  func without(_ names: String...) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !names.contains($0.key) })
  }
}

/// What happens while a closure of the library's runs, as a value.
func failure(_ call: () throws(CeleryMessageError) -> Void) -> CeleryMessageError? {
  do throws(CeleryMessageError) {
    try call()
    return nil
  } catch {
    return error
  }
}
