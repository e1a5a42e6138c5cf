// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// What an application's Celery has to be told so that this spool is its worker.
package struct CeleryConfiguration {
  /// The lines of celeryconfig.py, or of the class that superset_config.py names as CELERY_CONFIG.
  package let lines: [String]

  /// Whether its messages are to be taken.
  package static func isWanted(by spool: Spool) throws(CommandError) -> Bool {
    try settings(of: spool).messages != nil
  }

  private static func settings(of spool: Spool) throws(CommandError) -> CelerySettings {
    do { return try SpoolSettings.load(spool.layout.configuration).celery } catch {
      throw .settings(error)
    }
  }

  package init(of spool: Spool) throws(CommandError) {
    let settings = try Self.settings(of: spool)
    guard let messages = settings.messages else { throw .noCelery }
    let control = settings.control ?? messages.parentPath + "/control"
    var lines = [
      "broker_url = 'filesystem://'",
      "broker_transport_options = {",
      "    'data_folder_in': \(Self.quoted(messages)),",
      "    'data_folder_out': \(Self.quoted(messages)),",
      "    'control_folder': \(Self.quoted(control)),",
      "}",
    ]
    if let results = settings.results {
      lines.append("result_backend = \(Self.quoted("file://" + results))")
    }
    if let queue = settings.queues.first, queue != "celery" {
      lines.append("task_default_queue = \(Self.quoted(queue))")
    }
    self.lines = lines
  }

  /// As Python reads it.
  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      scalar == "'" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
    }
    return "'\(escaped.joined())'"
  }
}
