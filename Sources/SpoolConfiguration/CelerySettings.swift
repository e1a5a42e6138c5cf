// SPDX-License-Identifier: MIT

/// Where Celery's clients leave messages and look for results; section `[celery]` of spool.toml.
package struct CelerySettings: Hashable, Sendable {
  /// Their `data_folder_out`; nil: no messages are taken.
  package var messages: String?
  /// The directory of their `file://` result backend; nil: nobody is told of the end.
  package var results: String?
  /// Their `control_folder`: which queue is whose; nil: `control` beside the messages.
  package var control: String?
  /// The name under which clients reach it; nil: `celery@HOST`, as Celery's own.
  package var worker: String?
  /// Names of Celery's queues whose messages are taken.
  package var queues = ["celery"]
  /// Options of `apply_async` that Celery does not know, and that become arguments of the task.
  ///
  /// Superset 4.1 has the time that `prune_query` keeps rows set in this way.
  package var options = ["retention_period_days"]

  /// Whether a job that begins is told as STARTED, and what its task says of how far it is as PROGRESS.
  package var trackStarted = false
  /// Results older than this are removed; nil: none.
  package var resultExpires: Duration? = .seconds(86_400)

  package init() {}

  mutating func read(
    _ table: SettingsTable, relativeTo directory: String
  ) throws(SettingsError) {
    try table.refuseKeys(besides: [
      "messages", "results", "control", "worker", "queues", "options", "track_started",
      "result_expires",
    ])
    func path(_ key: String) throws(SettingsError) -> String? {
      try table.text(key).map { $0.hasPrefix("/") ? $0 : "\(directory)/\($0)" }
    }
    messages = try path("messages")
    results = try path("results")
    control = try path("control")
    worker = try table.text("worker")
    queues = try table.texts("queues") ?? queues
    options = try table.texts("options") ?? options
    trackStarted = try table.flag("track_started") ?? trackStarted
    if let expires = try table.age("result_expires") { resultExpires = expires }
  }
}
