// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Waits for the end of all jobs whose ids begin with one name and `+`: a group's members, or the steps of a chain.
///
/// The ids are all that there is of a group. So it lists directories, now and then, and looks at no file but at the
/// reasons of those that failed; that nothing is left to wait for two looks must say.
package final class GroupWait {
  /// Between two looks; more where a look takes long, so that it costs a tenth of the time at most.
  private static let pause: Duration = .milliseconds(200)
  /// A job that stands nowhere at two looks so far apart is gone; between two places it is for no time at all.
  private static let certainty: Duration = .seconds(1)

  private let spool: Spool
  private let pattern: GroupPattern
  /// The failures that have been told, in the order in which they were seen.
  private var failures: [GroupLook.Member] = []
  private var known: Set<GroupLook.Member> = []

  package init(_ pattern: GroupPattern, of spool: Spool) {
    self.spool = spool
    self.pattern = pattern
  }

  /// How it went.
  package struct End {
    package let done: Int
    package let held: Int
    /// In the order in which they were seen.
    package let failed: [GroupLook.Member]
    /// Seen before, and nowhere any more.
    package let gone: [GroupLook.Member]
  }

  /// Returns when no member waits, runs or is deferred.
  ///
  /// - Parameter tell: what each look has seen, and which failures are new.
  /// - Throws: `noSuchGroup`, `timedOut`.
  package func wait(
    atMost limit: Duration?, _ tell: (GroupLook, _ failed: [GroupLook.Member]) -> Void
  ) throws(CommandError) -> End {
    let start = SystemClock.monotonic()
    let loop: EventLoop
    do { loop = try EventLoop() } catch { throw .system(error) }
    var before: GroupLook?
    while true {
      let begin = SystemClock.monotonic()
      let look: GroupLook
      do { look = try GroupLook(pattern, of: spool) } catch { throw .system(error) }
      tell(look, note(look))
      if look.isOver, look == before { return try end(look) }
      before = look
      let now = SystemClock.monotonic()
      let isMissed = look.isOver && (known.isEmpty || !known.isSubset(of: look.all))
      var pause = max(isMissed ? Self.certainty : Self.pause, .nanoseconds((now - begin) * 10))
      if let limit {
        let rest = limit - .nanoseconds(now - start)
        guard rest > .zero else { throw .timedOut(pattern.name, limit) }
        pause = min(pause, rest)
      }
      loop.turn(pause)
    }
  }

  /// - Returns: the failures that were not seen before.
  private func note(_ look: GroupLook) -> [GroupLook.Member] {
    known.formUnion(look.all)
    failures.removeAll { !look.failed.contains($0) }
    let new = look.failed.subtracting(failures).sorted()
    failures += new
    return new
  }

  private func end(_ look: GroupLook) throws(CommandError) -> End {
    guard !known.isEmpty else { throw .noSuchGroup(pattern.name) }
    return End(
      done: look.done.count, held: look.held.count, failed: failures,
      gone: known.subtracting(look.all).sorted())
  }
}
