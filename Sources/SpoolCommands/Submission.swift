// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol
import SystemCalls

/// A job that is about to be dropped: what would go to corrupt/ is refused here already.
package struct Submission {
  package let bytes: [UInt8]
  /// What its envelope wants to be called.
  package let id: JobID?

  /// - Parameter source: what the bytes are read from, for messages.
  package init(
    reading input: OpenFile, named source: String, for queue: QueueName, of spool: Spool,
    with options: EnvelopeOptions = EnvelopeOptions()
  ) throws(CommandError) {
    var limit = SpoolSettings().sizeLimit
    do {
      limit = try SpoolSettings.load(spool.layout.configuration).sizeLimit
    } catch .unreadable {
      // A producer need not be allowed to read it: then the dispatcher alone knows the limit.
    } catch {
      throw .settings(error)
    }
    let input = try Self.read(input, limit: limit + 1)
    bytes = try options.envelope(input, for: queue, at: SystemClock.now())
    guard bytes.count <= limit else {
      throw .badJob(source: source, reason: "larger than the limit of \(limit) bytes")
    }
    let job: Job
    do { job = try Job(parsing: bytes) } catch {
      throw .badJob(source: source, reason: "\(error)")
    }
    if let task = job.task, task != queue { throw .otherQueue(envelope: task, wanted: queue) }
    id = job.id
  }

  private static func read(_ input: OpenFile, limit: Int) throws(CommandError) -> [UInt8] {
    do { return try input.readAll(limit: limit) } catch { throw .system(error) }
  }
}
