// SPDX-License-Identifier: MIT
import JSONValues

/// Why bytes are none of Celery's documents, or one that is not read here.
package enum CeleryMessageError: Error, Hashable, CustomStringConvertible {
  /// It ends too early; its producer may still be writing.
  case incomplete
  case notJSON(JSONError)
  /// It is JSON of another form, for which no bytes can be missing.
  case notThe(String)
  case badMember(String, expected: String)
  /// Of the body; anything but JSON is never decoded.
  case contentType(String)
  case contentEncoding(String)
  case bodyEncoding(String)
  case compression(String)
  case notBase64
  case notCompressed
  /// More than so many bytes come out of its compressed body.
  case tooLarge(limit: Int)
  case bodyNotJSON(JSONError)
  /// Neither its headers nor its body name a task: a control message, perhaps, or a reply.
  case notATask
  /// A value of a type that kombu's JSON does not know either.
  case unknownType(String)

  package var description: String {
    switch self {
    case .incomplete: "truncated: the JSON ends too early"
    case .notJSON(let error): error.description
    case .notThe(let document): "JSON, but not \(document)"
    case .badMember(let name, let expected): "the message's member '\(name)' is not \(expected)"
    case .contentType(let name):
      "its content type is '\(name)': only application/json is read, and a pickle never"
    case .contentEncoding(let name): "its content encoding is '\(name)', not UTF-8"
    case .bodyEncoding(let name): "its body is encoded as '\(name)', not as base64"
    case .compression(let name):
      "its body is compressed as '\(name)': only application/x-gzip is read"
    case .notBase64: "its body is not base64"
    case .notCompressed: "its body is said to be compressed, and is not"
    case .tooLarge(let limit): "its body inflates to more than \(limit) bytes"
    case .bodyNotJSON(let error): "its body is \(error)"
    case .notATask: "neither its headers nor its body name a task"
    case .unknownType(let name): "it holds a value of type '\(name)', which is not read"
    }
  }
}
