// SPDX-License-Identifier: MIT
import SpoolProtocol
import Testing

@testable import JobDispatch

struct QueueSharesTests {
  private let heavy: QueueName
  private let light: QueueName

  init() throws {
    heavy = try #require(QueueName("heavy"))
    light = try #require(QueueName("light"))
  }

  /// Serves one job at a time to whoever's turn it is; returns how many each has got.
  private func serve(_ turns: Int, _ shares: inout QueueShares) throws -> [QueueName: Int] {
    var served: [QueueName: Int] = [:]
    for _ in 0..<turns {
      let queue = try #require(shares.inTurn([heavy, light]).first)
      shares.serve(queue, jobs: 1, weight: queue == heavy ? 3 : 1)
      served[queue, default: 0] += 1
    }
    return served
  }

  @Test func `queues are served by their weights`() throws {
    var shares = QueueShares()
    #expect(try serve(400, &shares) == [heavy: 300, light: 100])
  }

  @Test func `who comes from rest has no claim to the turns that it has not asked for`() throws {
    var shares = QueueShares()
    for _ in 0..<1000 {
      _ = shares.inTurn([heavy])
      shares.serve(heavy, jobs: 1, weight: 3)
    }
    let served = try serve(40, &shares)
    #expect(served[heavy, default: 0] >= 29)
  }

  @Test func `who has been served in advance waits although it rested meanwhile`() {
    var shares = QueueShares()
    _ = shares.inTurn([heavy, light])
    shares.serve(heavy, jobs: 128, weight: 1)
    _ = shares.inTurn([light])
    shares.serve(light, jobs: 1, weight: 1)
    #expect(shares.inTurn([heavy, light]) == [light, heavy])
  }
}
