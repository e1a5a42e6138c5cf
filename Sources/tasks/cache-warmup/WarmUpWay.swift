// SPDX-License-Identifier: MIT
import CacheWarmUp
import JSONValues
import SupersetMetadata

/// The job that warms a chart up.
struct WarmUpJob {
  let task: String
  let arguments: JSONObject
  /// The same for jobs that warm up the same.
  let key: String
}

/// Why one chart among others cannot be warmed up.
struct WarmUpObjection: Error {
  let reason: String
}

/// A way to have charts warmed up.
protocol WarmUpWay {
  /// - Throws: what keeps all charts from being warmed up.
  mutating func job(
    for chart: PlacedChart, as user: User
  ) throws(WarmUpError) -> Result<WarmUpJob, WarmUpObjection>
}

/// Through a running Superset, by its endpoint for that.
struct WebWarmUp: WarmUpWay {
  func job(for chart: PlacedChart, as user: User) -> Result<WarmUpJob, WarmUpObjection> {
    .success(
      WarmUpJob(
        task: "fetch_url",
        arguments: ["data": .string(chart.payload), "username": .string(user.username)],
        key: "\(chart.payload) as \(user.username)"))
  }
}
