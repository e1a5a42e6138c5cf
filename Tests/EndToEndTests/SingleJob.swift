// SPDX-License-Identifier: MIT
import SpoolTesting

extension TestSpool {
  /// A running spool with the queue `task` and one job `j` in it.
  static func running(
    _ script: String, job: String = "{}", settings: String = ""
  ) throws -> TestSpool {
    let spool = try TestSpool(["task": script], configuration: settings)
    try spool.put(job, at: "incoming/task/j.json")
    try spool.start()
    return spool
  }
}
