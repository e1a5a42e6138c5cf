// SPDX-License-Identifier: MIT
import JSONValues
import Testing

/// One request to a real Superset, and what it answered.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let group: String
  let name: String
  let request: JSONValue
  let response: JSONValue

  init(_ line: JSONValue, group: String) throws {
    self.group = group
    name = line["case"]?.stringValue ?? ""
    request = line["request"] ?? .null
    response = line["response"] ?? .null
  }

  var testDescription: String { name }
  var user: String? { request["user"]?.stringValue }
  var status: Int { response["status"]?.integerValue ?? 0 }

  /// The sentence of an error; nil where the answer was a page of HTML, or no error.
  var message: String? {
    let json = response["json"]
    return json?["message"]?.stringValue
      ?? json?["errors"]?.arrayValue?.first?["message"]?.stringValue
  }

  /// The results of a request that was answered, at once or over the event channel.
  var results: [JSONValue]? {
    let json = response["json"] ?? response["async"]?["result"]?["json"]
    return json?["result"]?.arrayValue
  }

  /// The last part of the URL under which an asynchronous answer was found.
  var contextKey: String? {
    let url = response["async"]?["event"]?["result_url"]?.stringValue
    return url.map { String($0.drop { $0 != "q" }) }
  }
}
