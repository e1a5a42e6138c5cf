// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// Takes away what was found, batch by batch; between two of them everybody may write.
package struct Pruner {
  /// Of the time that a transaction took, how much of it nothing is done afterwards.
  ///
  /// Who finds SQLite's file locked sleeps, up to a tenth of a second at a time, and looks again: he must find it free as often as not.
  private static let rest = 1
  /// Where the disk is very quick, or very slow.
  private static let rests: ClosedRange<Duration> = .milliseconds(2) ... .milliseconds(250)
  /// For so long the file may be locked: what takes longer is cut, what takes less comes in fewer pieces.
  private static let locks: ClosedRange<Duration> = .milliseconds(25) ... .milliseconds(100)
  /// So few rows at the beginning, when nobody knows what one costs: a foreign key without an index may have
  /// SQLite look through a whole table for each.
  private static let firstCut = 64
  private static let finestCut = 1_024

  private let writer: any SQLWriter
  private let isCancelled: () -> Bool
  private let pause: (Duration) -> Void
  /// Pieces in which a batch is taken.
  private var cut: Int

  /// - Parameter isCancelled: asked before each piece of a batch.
  package init(
    _ writer: any SQLWriter, isCancelled: @escaping () -> Bool,
    pause: @escaping (Duration) -> Void
  ) {
    self.writer = writer
    self.isCancelled = isCancelled
    self.pause = pause
    cut = writer.dialect == .sqlite ? Self.firstCut : 1
  }

  /// - Parameter tell: hears after each piece how many rows it took.
  package mutating func prune(
    _ finding: PruneFinding, _ tell: (Int) -> Void
  ) throws(SQLError) {
    for batch in finding.batches {
      var next = batch.ids.lowerBound
      while true {
        guard !isCancelled() else { throw .interrupted }
        let last = end(ofPieceFrom: next, in: batch.ids)
        tell(try take(finding.rows.removal(next...last)))
        guard last < batch.ids.upperBound else { break }
        next = last + 1
      }
    }
  }

  /// Ids may be any numbers: what lies between the first and the last of a batch need not be one.
  private func end(ofPieceFrom next: Int, in ids: ClosedRange<Int>) -> Int {
    let (span, isTooWide) = ids.upperBound.subtractingReportingOverflow(ids.lowerBound)
    let (last, isBeyond) = next.addingReportingOverflow((isTooWide ? .max : span) / cut)
    return isBeyond ? ids.upperBound : min(last, ids.upperBound)
  }

  private mutating func take(_ removal: SQLStatement) throws(SQLError) -> Int {
    let began = SystemClock.monotonic()
    let count = try writer.write([removal]).reduce(0, +)
    // A server has writers wait for the rows alone that they want themselves.
    guard writer.dialect == .sqlite else { return count }
    let taken = Duration.nanoseconds(SystemClock.monotonic() - began)
    if taken > Self.locks.upperBound { cut = min(cut * 2, Self.finestCut) }
    if taken < Self.locks.lowerBound { cut = max(cut / 2, 1) }
    pause(min(max(taken * Self.rest, Self.rests.lowerBound), Self.rests.upperBound))
    return count
  }
}
