// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues
import SupersetMetadata
import SupersetTasks
import SupersetWeb
import TaskRuntime
import WebTasks

/// Superset's task of this name: has a running Superset compute a chart anew, so that its data lie in the cache.
@main
enum FetchURL: TaskProgram {
  static let name = "fetch_url"
  static let summary = "Has a running Superset warm up its cache for a chart"
  static let parameters = ["data", "headers"]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(WebTaskError) -> TaskOutput {
    let payload = try WarmUpPayload(job)
    let session = try WebSession(context)
    let response: String
    if let headers = try given(job) {
      response = try session.warmUp(payload.text, headers)
    } else {
      response = try session.warmUp(payload.text, as: try user(for: payload, job, session))
    }
    return TaskOutput(["success": .string(payload.text), "response": .string(response)])
  }

  /// Headers with a cookie, as Superset's own cache-warmup passes them.
  private static func given(_ job: JSONValue) throws(WebTaskError) -> HTTPHeaders? {
    guard let value = job["headers"], !value.isNull else { return nil }
    guard let members = value.objectValue else {
      throw .malformed(reason: "its headers are no object")
    }
    var headers = HTTPHeaders()
    for (name, value) in members {
      guard let text = value.stringValue else {
        throw .malformed(reason: "its header '\(name)' is no text")
      }
      let field = HTTPHeaders([(name, text)])
      guard field.areSound, !field.fields.contains(where: \.frames) else {
        throw .malformed(reason: "its header '\(name)' cannot be sent")
      }
      headers[name] = text
    }
    return headers["Cookie"] == nil ? nil : headers
  }

  private static func user(
    for payload: WarmUpPayload, _ job: JSONValue, _ session: WebSession
  ) throws(WebTaskError) -> User {
    let username = job["username"] ?? .null
    guard username.isNull || username.stringValue != nil else {
      throw .malformed(reason: "its username is no text")
    }
    do throws(SupersetTaskError) {
      if let name = username.stringValue {
        do { return try session.superset.metadata.user(named: name) } catch {
          throw .metadata(error)
        }
      }
      let rules = session.superset.settings.warmUp.executors
      return try session.superset.executor(rules, for: .chart, id: payload.chartID).user
    } catch { throw .superset(error) }
  }
}
