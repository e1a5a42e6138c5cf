// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Where the members of a group stand, by names alone.
package struct GroupLook: Equatable {
  package struct Member: Hashable, Sendable, Comparable {
    package let id: JobID
    package let queue: QueueName

    package static func < (left: Member, right: Member) -> Bool {
      (left.id, left.queue) < (right.id, right.queue)
    }
  }

  /// Waiting, running or deferred.
  package private(set) var pending: Set<Member> = []
  /// Dropped straight into incoming/: they have no queue yet.
  private var strays = 0
  package private(set) var held: Set<Member> = []
  package private(set) var done: Set<Member> = []
  /// In errors/ or corrupt/.
  package private(set) var failed: Set<Member> = []

  package var all: Set<Member> { pending.union(held).union(done).union(failed) }
  package var total: Int { pending.count + strays + held.count + done.count + failed.count }
  package var isOver: Bool { pending.isEmpty && strays == 0 }

  /// Follows the way of a job, so that one that moves on meanwhile is met later.
  init(_ pattern: GroupPattern, of spool: Spool) throws(SystemError) {
    let layout = spool.layout
    strays = try Self.names(in: layout.directory(of: .incoming), pattern, spool).count
    pending = try Self.members(in: [.incoming, .deferred], pattern, spool)
    held = try Self.members(in: [.hold], pattern, spool)
    for worker in try spool.workers() {
      let ids = try Self.names(in: layout.folder(of: worker), pattern, spool)
      pending.formUnion(Self.members(ids, worker.queue, pattern))
    }
    // Beside its result a job is on its way out, but its steps may still have to be enqueued: it has not ended.
    done = try Self.members(in: [.results], pattern, spool).subtracting(pending)
    failed = try Self.members(in: [.errors, .corrupt], pattern, spool).subtracting(pending)
  }

  private static func members(
    in states: [JobState], _ pattern: GroupPattern, _ spool: Spool
  ) throws(SystemError) -> Set<Member> {
    var found: Set<Member> = []
    for state in states {
      for queue in try spool.queues(in: state) {
        let ids = try names(in: spool.layout.directory(of: state, queue), pattern, spool)
        found.formUnion(members(ids, queue, pattern))
      }
    }
    return found
  }

  private static func members(
    _ ids: [JobID], _ queue: QueueName, _ pattern: GroupPattern
  ) -> [Member] {
    ids.filter { pattern.holds($0, in: queue) }.map { Member(id: $0, queue: queue) }
  }

  /// Of all names in a directory, those of members; none where it has gone.
  private static func names(
    in directory: String, _ pattern: GroupPattern, _ spool: Spool
  ) throws(SystemError) -> [JobID] {
    var ids: [JobID] = []
    do {
      try spool.files.forEachName(in: directory) { name in
        if pattern.mayHold(name), let id = JobName(fileName: name)?.id, pattern.holds(id, in: nil) {
          ids.append(id)
        }
        return true
      }
    } catch  where error.errno == .noSuchFile || error.errno == .notADirectory {
      return []
    }
    return ids
  }
}
