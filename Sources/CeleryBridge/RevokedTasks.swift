// SPDX-License-Identifier: MIT
/// Ids of tasks that are not to be done, whenever they come: the later links of a chain have no message yet.
///
/// As in a worker of Celery's: so many, for so long, and only until its end.
struct RevokedTasks {
  private static let countLimit = 50_000
  /// Three hours.
  private static let lifetime: Duration = .seconds(10_800)

  private var ends: [String: Int64] = [:]
  /// In the order in which they came; those that came again stand there twice.
  private var order: ArraySlice<(id: String, end: Int64)> = []

  /// - Parameter now: by the monotonic clock.
  mutating func insert(_ id: String, at now: Int64) {
    let end = now + Self.lifetime.nanoseconds
    ends[id] = end
    order.append((id, end))
    while let oldest = order.first, oldest.end <= now || order.count > Self.countLimit {
      order.removeFirst()
      if ends[oldest.id] == oldest.end { ends[oldest.id] = nil }
    }
  }

  /// Those that came first, first.
  func ids(at now: Int64) -> [String] {
    order.filter { $0.end > now && ends[$0.id] == $0.end }.map(\.id)
  }

  func contains(_ id: String, at now: Int64) -> Bool { ends[id].map { $0 > now } ?? false }
}
