// SPDX-License-Identifier: MIT
import JSONValues
import WebTasks

/// Which chart is to be warmed up: the body of the request.
struct WarmUpPayload {
  /// JSON, sent as it was given.
  let text: String
  let chartID: Int

  /// - Parameter job: `{"data": "{\"chart_id\": 1}"}`, the same with an object, or what `cache-warmup --dry-run` prints, the
  ///   payload itself.
  init(_ job: JSONValue) throws(WebTaskError) {
    let value = job["data"] ?? job["payload"] ?? Self.own(of: job)
    let document: JSONValue?
    if let text = value.stringValue {
      self.text = text
      document = try? JSONValue(parsing: Array(text.utf8))
    } else {
      text = Self.spaced(value)
      document = value
    }
    guard let id = document?["chart_id"]?.integerValue else {
      throw .malformed(reason: "it names no chart_id")
    }
    chartID = id
  }

  /// What of a job that is a payload itself is not: Superset takes no other members, and cookies must not be told.
  private static func own(of job: JSONValue) -> JSONValue {
    .object((job.objectValue ?? [:]).filter { !["headers", "username", "input"].contains($0.key) })
  }

  /// One level, written as Python writes it, so that answers name a chart as Superset's do.
  private static func spaced(_ value: JSONValue) -> String {
    let members = (value.objectValue ?? [:]).map {
      "\(JSONValue.string($0.key).text): \($0.value.text)"
    }
    return "{\(members.joined(separator: ", "))}"
  }
}
