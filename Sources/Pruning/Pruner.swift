// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// Takes away what was found, batch by batch; between two of them everybody may write.
package struct Pruner {
  /// Of the time that a batch took, how much of it nothing is done afterwards.
  ///
  /// Who finds SQLite's file locked sleeps, up to a tenth of a second at a time, and looks again: he must find it free as often as not.
  private static let rest = 1
  /// Where the disk is very quick, or very slow.
  private static let rests: ClosedRange<Duration> = .milliseconds(2) ... .milliseconds(250)

  private let writer: any SQLWriter
  private let isCancelled: () -> Bool
  private let pause: (Duration) -> Void

  /// - Parameter isCancelled: asked after each batch.
  package init(
    _ writer: any SQLWriter, isCancelled: @escaping () -> Bool,
    pause: @escaping (Duration) -> Void
  ) {
    self.writer = writer
    self.isCancelled = isCancelled
    self.pause = pause
  }

  /// - Parameter tell: hears after each batch how many rows it took.
  package func prune(
    _ finding: PruneFinding, _ tell: (Int) -> Void
  ) throws(SQLError) {
    for batch in finding.batches {
      guard !isCancelled() else { throw .interrupted }
      let began = SystemClock.monotonic()
      tell(try writer.write([finding.rows.removal(batch)]).reduce(0, +))
      rest(after: .nanoseconds(SystemClock.monotonic() - began))
    }
  }

  private func rest(after batch: Duration) {
    // A server has writers wait for the rows alone that they want themselves.
    guard writer.dialect == .sqlite else { return }
    pause(min(max(batch * Self.rest, Self.rests.lowerBound), Self.rests.upperBound))
  }
}
