// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// Keeps a worker that dies at once from being started in a loop: the pause doubles, from a tenth of a second to a minute.
struct StartLimiter {
  private struct History {
    var pause: Duration = .milliseconds(100)
    var notBefore: Int64 = 0
  }

  /// A worker that lived so long was sound.
  private static let soundLife: Duration = .seconds(1)
  private static let longestPause: Duration = .seconds(60)

  private var histories: [QueueName: History] = [:]

  func mayStart(_ queue: QueueName) -> Bool {
    (histories[queue]?.notBefore ?? 0) <= SystemClock.monotonic()
  }

  /// The earliest moment, on the monotonic clock, at which a queue that has to wait may start a worker.
  var nextMoment: Int64? {
    let now = SystemClock.monotonic()
    return histories.values.map(\.notBefore).filter { $0 > now }.min()
  }

  mutating func noteEnd(of queue: QueueName, after life: Int64) {
    guard life < Self.soundLife.nanoseconds else {
      histories[queue] = nil
      return
    }
    var history = histories[queue] ?? History()
    history.notBefore = SystemClock.monotonic() + history.pause.nanoseconds
    history.pause = min(history.pause * 2, Self.longestPause)
    histories[queue] = history
  }
}
