// SPDX-License-Identifier: MIT
import CronTable
import SpoolProtocol
import SystemCalls

/// A line of the crontab as a person is shown it.
package struct ScheduleEntry: Sendable {
  package let number: Int
  /// Nil where the line names none.
  package let queue: QueueName?
  package let expression: String
  package let zone: String?
  /// Unix time of the last run that was dropped, and of the next one.
  package private(set) var last: Int?
  package private(set) var next: Int?
  /// What is wrong with it.
  package private(set) var problem: String?

  private init(_ bad: (number: Int, text: String, error: LineError)) {
    number = bad.number
    queue = nil
    expression = bad.text
    zone = nil
    problem = "\(bad.error)"
  }

  private init(_ line: ScheduledLine, of spool: Spool, at now: Int) throws(SystemError) {
    number = line.number
    queue = line.queue
    expression = line.schedule.expression.text
    zone = line.zone
    let stamp = try spool.stamp(ofLine: line.key)
    last = stamp?.dropped?.instant
    next = line.schedule.next(after: now)
    if try !spool.isQueue(line.queue) {
      problem = "\(SpoolError.noSuchQueue(line.queue))"
    } else if next == nil {
      problem = "the clocks of its zone never show such a time"
    }
  }

  /// Every line of the spool's crontab, in their order; none where there is no crontab.
  package static func all(
    of spool: Spool, localZone: ZoneRules, at now: Timestamp
  ) throws(SystemError) -> [ScheduleEntry] {
    guard let file = try spool.files.openIfPresent(spool.layout.crontab) else { return [] }
    let read = LineSet(try file.readAll(), localZone: localZone)
    var entries = read.badLines.map { ScheduleEntry($0) }
    for line in read.lines {
      entries.append(
        try ScheduleEntry(line, of: spool, at: Int(now.seconds.rounded(.down))))
    }
    return entries.sorted { $0.number < $1.number }
  }
}
