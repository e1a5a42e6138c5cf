// SPDX-License-Identifier: MIT
import SpoolProtocol
import Testing

@testable import JobDispatch

struct FeedPlanTests {
  private let queue: QueueName

  init() throws { queue = try #require(QueueName("noop")) }

  private func worker(_ number: Int) -> WorkerName { WorkerName(queue: queue, number: number) }

  private func actions(
    waiting: Int, workers: [(free: Int, load: Int)], startable: Int = 0
  ) -> [FeedPlan.Action] {
    let views = workers.enumerated().map { index, worker in
      FeedPlan.WorkerView(name: self.worker(index + 1), free: worker.free, load: worker.load)
    }
    return FeedPlan.actions(
      for: .init(queue: queue, waiting: waiting, workers: views, startable: startable))
  }

  @Test func `nothing is done where nothing waits`() {
    #expect(actions(waiting: 0, workers: [(5, 0)], startable: 2) == [])
  }

  @Test func `a first worker is started for a first job`() {
    #expect(actions(waiting: 1, workers: [], startable: 2) == [.start(queue)])
  }

  @Test func `jobs are shared among the emptiest`() {
    let shares = actions(waiting: 4, workers: [(10, 0), (10, 2)])
    #expect(shares == [.feed(worker(1), count: 3), .feed(worker(2), count: 1)])
  }

  @Test func `nobody gets more than fits`() {
    #expect(actions(waiting: 100, workers: [(2, 0), (0, 9)]) == [.feed(worker(1), count: 2)])
  }

  @Test func `another worker is started only when the others are busy and more waits`() {
    #expect(actions(waiting: 1, workers: [(1, 0)], startable: 1) == [.feed(worker(1), count: 1)])
    #expect(
      actions(waiting: 2, workers: [(1, 0)], startable: 1)
        == [.feed(worker(1), count: 1), .start(queue)])
    #expect(actions(waiting: 2, workers: [(0, 1)], startable: 0) == [])
  }
}
