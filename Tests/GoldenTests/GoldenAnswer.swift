// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SupersetMetadata

/// What is sent for a request: a status of HTTP, and a document or a text.
struct GoldenAnswer {
  enum Content {
    case json(JSONValue)
    case bytes([UInt8])
  }

  let status: Int
  let content: Content
  /// The name of the whole context in the cache; nil where it has none.
  var contextKey: String?

  /// We can do this one day; Superset does it now.
  var isUnsupported: Bool {
    guard case .json(let json) = content else { return false }
    return json["message"]?.stringValue?.hasPrefix("not supported yet") == true
  }

  init(_ json: JSONValue) {
    status = 200
    content = .json(json)
  }

  init(_ document: ErrorDocument) {
    status = document.status
    content = .json(document.json)
  }

  init(_ document: [UInt8], _ request: ChartRequest) throws {
    status = 200
    content =
      request.context.format == .json ? .json(try JSONValue(parsing: document)) : .bytes(document)
    contextKey = request.contextKey
  }
}
