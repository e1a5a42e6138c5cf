// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

extension Spool {
  /// Where the job of this id stands, in one queue or, where none is named, in the only one that has it.
  package func place(
    of id: JobID, in queue: QueueName?
  ) throws(CommandError) -> JobPlace? {
    let places: [JobPlace]
    do { places = try locate(id, in: queue) } catch { throw .system(error) }
    if places.count > 1 { throw .ambiguous(id, queues: places.map(\.queue)) }
    return places.first
  }
}
