// SPDX-License-Identifier: MIT
import CronTable
import Testing

@testable import JobSchedule

@Suite struct DueRunsTests {
  private static let noon = 1_800_014_400  // 2027-01-15T12:00:00Z

  private func due(
    _ cron: String, after until: Int, at now: Int, catchUp: Int = 3600
  ) throws -> DueRuns {
    DueRuns(
      CronSchedule(try CronExpression(cron)), after: Self.noon + until, at: Self.noon + now,
      catchUp: catchUp)
  }

  private func drops(_ due: DueRuns) -> [Int] { due.drops.map { $0 - Self.noon } }
  private func missed(_ due: DueRuns) -> [Int] {
    due.missed.map { [$0.lowerBound - Self.noon, $0.upperBound - Self.noon] } ?? []
  }

  @Test func `a run is dropped when its time has come, and not before`() throws {
    #expect(try due("0 * * * *", after: -1, at: -1) == DueRuns(empty: ()))
    #expect(drops(try due("0 * * * *", after: -1, at: 0)) == [0])
    #expect(drops(try due("0 * * * *", after: 0, at: 1)) == [])
    #expect(drops(try due("0 * * * *", after: 0, at: 3600)) == [3600])
  }

  @Test func `a clock that is a little late drops every run`() throws {
    let due = try due("* * * * * *", after: 0, at: 5)
    #expect(drops(due) == [1, 2, 3, 4, 5] && missed(due) == [])
    let later = try self.due("*/30 * * * * *", after: 0, at: 60)
    #expect(drops(later) == [30, 60] && missed(later) == [])
  }

  @Test func `of runs that are later than a minute the last one is made up for`() throws {
    let due = try due("*/10 * * * *", after: 0, at: 3500)
    #expect(drops(due) == [3000] && missed(due) == [600, 2400])
    let single = try self.due("0 * * * *", after: -1, at: 1800)
    #expect(drops(single) == [0] && missed(single) == [])
  }

  @Test func `what is older than CATCH_UP is left out`() throws {
    let due = try due("0 12 * * *", after: -10, at: 3600, catchUp: 3599)
    #expect(drops(due) == [] && missed(due) == [0, 0])
    #expect(drops(try self.due("0 12 * * *", after: -10, at: 3600, catchUp: 3600)) == [0])
    #expect(drops(try self.due("0 12 * * *", after: -10, at: 59, catchUp: 0)) == [0])
    #expect(drops(try self.due("0 12 * * *", after: -10, at: 61, catchUp: 0)) == [])
  }

  @Test func `runs of the last minute go before those that are late`() throws {
    let due = try due("*/15 * * * * *", after: 0, at: 600)
    #expect(drops(due) == [555, 570, 585, 600] && missed(due) == [15, 540])
  }
}

extension DueRuns {
  /// Nothing to be done.
  fileprivate init(empty: Void) throws {
    self.init(CronSchedule(try CronExpression("0 0 1 1 *")), after: 1, at: 1, catchUp: 0)
  }
}
