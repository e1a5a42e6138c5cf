// SPDX-License-Identifier: MIT
import JSONValues

/// What comes from the browser: the answer to a call, or an event.
enum DevToolsMessage {
  /// The bytes of a result are JSON, and may be a picture of megabytes.
  case answer(id: Int, Result<[UInt8], DevToolsRefusal>)
  case event(DevToolsEvent)

  /// Nil for what is neither.
  init?(_ bytes: [UInt8]) {
    guard let members = try? JSONValue.members(of: bytes) else { return nil }
    if let id = members["id"].flatMap({ Self.value($0)?.integerValue }) {
      if let error = members["error"] {
        let reason = Self.value(error)?["message"]?.stringValue ?? "without a reason"
        self = .answer(id: id, .failure(DevToolsRefusal(reason: reason)))
      } else {
        self = .answer(id: id, .success(Array(members["result"] ?? [])))
      }
      return
    }
    guard let name = members["method"].flatMap({ Self.value($0)?.stringValue }) else { return nil }
    self = .event(
      DevToolsEvent(
        name: name, session: members["sessionId"].flatMap { Self.value($0)?.stringValue },
        parameterBytes: members["params"] ?? []))
  }

  private static func value(_ bytes: ArraySlice<UInt8>) -> JSONValue? {
    try? JSONValue(parsing: bytes)
  }
}

/// What the browser says of a call that it does not carry out.
struct DevToolsRefusal: Error {
  let reason: String

  /// The page that was asked has gone since: another one is there, or will be.
  var tellsOfAnotherPage: Bool {
    [
      "navigated or closed", "Cannot find context", "context was destroyed",
      "Cannot find execution context", "uniqueContextId not found",
    ].contains { reason.contains($0) }
  }
}

/// Something that has happened in the browser.
struct DevToolsEvent {
  let name: String
  /// The page that it happened to; nil for the browser as a whole.
  let session: String?
  let parameterBytes: ArraySlice<UInt8>

  /// Read only when somebody wants to know them: most events are of no interest.
  var parameters: JSONValue { (try? JSONValue(parsing: parameterBytes)) ?? .null }
}
