// SPDX-License-Identifier: MIT
import CronTable
import JSONValues
import SpoolProtocol

/// A line of the crontab that can be carried out: when, what, and in which queue.
package struct ScheduledLine: Sendable {
  package let number: Int
  package let queue: QueueName
  /// What is dropped.
  let job: [UInt8]
  package let schedule: CronSchedule
  /// As the crontab names it; nil where the machine's own zone holds.
  package let zone: String?
  /// Seconds for which a missed run is made up for.
  let catchUp: Int
  /// Tells the line from the others, and stays the same however the crontab around it changes.
  package let key: String
  /// What it says, as the stamp repeats it.
  let text: String

  /// - Throws: what is wrong with what stands behind the expression.
  init(_ line: Crontab.Line) throws(LineError) {
    let (queue, job) = try Self.command(line.command)
    self.queue = queue
    self.job = Array(job.utf8) + [UInt8(ascii: "\n")]
    number = line.number
    schedule = line.schedule
    zone = line.zone
    catchUp = line.catchUp
    let timing = schedule.expression.text.lowercased()
    text = ([zone.map { "CRON_TZ=\($0)" }, timing, queue.text, job] as [String?])
      .compactMap(\.self).joined(separator: " ")
    key = RunName.key(of: text)
  }

  /// `QUEUE`, `QUEUE {...}`, or an envelope alone.
  private static func command(_ text: String) throws(LineError) -> (QueueName, job: String) {
    let word = text.prefix { !$0.isWhitespace && $0 != "{" }
    let rest = text.dropFirst(word.count).drop(while: \.isWhitespace)
    let task = rest.isEmpty ? nil : try job(String(rest)).task
    guard !word.isEmpty else {
      guard let task else { throw .noQueue }
      return (task, String(rest))
    }
    guard let queue = QueueName(String(word)) else { throw .badQueue(String(word)) }
    if let task, task != queue { throw .otherQueue(envelope: task, queue) }
    return (queue, rest.isEmpty ? "{}" : String(rest))
  }

  private static func job(_ text: String) throws(LineError) -> Job {
    do { return try Job(parsing: Array(text.utf8)) } catch { throw .badJob(error) }
  }

  /// The id of the job of this line's run at an instant.
  func id(at instant: Int) -> JobID {
    let name = RunName(key: key, instant: instant).description
    guard let id = JobID(name) else { preconditionFailure("a bad id: \(name)") }
    return id
  }
}
