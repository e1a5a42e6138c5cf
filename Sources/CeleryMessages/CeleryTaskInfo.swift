// SPDX-License-Identifier: MIT
import JSONValues

/// A task as a worker shows it to whoever inspects it.
package struct CeleryTaskInfo: Hashable, Sendable {
  package let id: String
  package let task: String
  package var args: [JSONValue] = []
  package var kwargs: JSONObject = [:]
  package var exchange = ""
  package var routingKey = CeleryMessage.defaultQueue
  package var priority = 0
  /// Seconds since 1970, and the process; nil for one that waits.
  package var started: Double?
  package var processID: Int?

  package init(id: String, task: String) {
    self.id = id
    self.task = task
  }

  package init(_ message: CeleryMessage) {
    self.init(id: message.id, task: message.task)
    args = message.args
    kwargs = message.kwargs
    exchange = message.exchange
    routingKey = message.routingKey ?? routingKey
    priority = message.priority
  }

  /// The members stand as Celery's workers put them.
  package func json(worker: String) -> JSONValue {
    [
      "id": .string(id), "name": .string(task), "args": .array(args), "kwargs": .object(kwargs),
      "type": .string(task), "hostname": .string(worker),
      "time_start": started.map(JSONValue.double) ?? .null, "acknowledged": .bool(started != nil),
      "delivery_info": [
        "exchange": .string(exchange), "routing_key": .string(routingKey),
        "priority": .integer(priority), "redelivered": false,
      ],
      "worker_pid": processID.map(JSONValue.integer) ?? .null,
    ]
  }
}
