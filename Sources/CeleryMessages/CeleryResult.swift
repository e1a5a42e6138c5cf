// SPDX-License-Identifier: MIT
import JSONValues

/// The document `celery-task-meta-ID`: what a client learns of a task.
package struct CeleryResult: Hashable, Sendable {
  /// What `result_extended` adds.
  package struct Extended: Hashable, Sendable {
    package var name: String
    package var args: [JSONValue]
    package var kwargs: JSONObject
    /// `celery@HOST`.
    package var worker: String
    package var retries: Int
    package var queue: String?
    package var stampedHeaders: [String] = []
    package var stamps: JSONObject = [:]

    /// - Parameter queue: nil where the message does not know it.
    package init(of message: CeleryMessage, worker: String) {
      name = message.task
      args = message.args
      kwargs = message.kwargs
      self.worker = worker
      retries = message.retries
      queue = message.routingKey
      stampedHeaders = message.stampedHeaders
      stamps = message.stamps
    }
  }

  package var id: String
  package var state: CeleryState
  /// What the task returned, an exception's object, or what a state of the application's own says.
  package var value: JSONValue
  package var traceback: String?
  package var children: [CeleryNode] = []
  /// Given for SUCCESS, FAILURE and REVOKED alone.
  package var dateDone: CeleryInstant?
  package var groupID: String?
  package var parentID: String?
  package var extended: Extended?

  package init(id: String, state: CeleryState, value: JSONValue) {
    self.id = id
    self.state = state
    self.value = value
  }

  package static func success(
    _ id: String, _ value: JSONValue, at now: CeleryInstant
  ) -> CeleryResult {
    var result = CeleryResult(id: id, state: .success, value: value)
    result.dateDone = now
    return result
  }

  package static func failure(
    _ id: String, _ exception: CeleryException, traceback: String?, at now: CeleryInstant
  ) -> CeleryResult {
    var result = CeleryResult(id: id, state: .failure, value: exception.json)
    result.traceback = traceback
    result.dateDone = now
    return result
  }

  /// - Parameter reason: `revoked`, `terminated`, `expired`.
  package static func revoked(
    _ id: String, _ reason: String, at now: CeleryInstant
  ) -> CeleryResult {
    var result = CeleryResult(
      id: id, state: .revoked, value: CeleryException.revoked(reason).json)
    result.dateDone = now
    return result
  }

  /// It failed and will be tried again; the try to come is its own child, as in Celery.
  package static func retry(
    _ id: String, _ exception: CeleryException, traceback: String?
  ) -> CeleryResult {
    var result = CeleryResult(id: id, state: .retry, value: exception.json)
    result.traceback = traceback
    result.children = [.task(id)]
    return result
  }

  package static func started(_ id: String, pid: Int, host: String) -> CeleryResult {
    CeleryResult(
      id: id, state: .started, value: ["pid": .integer(pid), "hostname": .string(host)])
  }

  package static func progress(_ id: String, _ value: JSONValue) -> CeleryResult {
    CeleryResult(id: id, state: .progress, value: value)
  }

  /// What the message says that belongs into its result.
  package func of(_ message: CeleryMessage) -> CeleryResult {
    var result = self
    result.groupID = message.group
    result.parentID = message.parentID
    return result
  }

  package var exception: CeleryException? {
    state.isException ? CeleryException(value) : nil
  }
}
