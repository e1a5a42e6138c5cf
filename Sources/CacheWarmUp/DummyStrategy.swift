// SPDX-License-Identifier: MIT
import ChartQueries
import SupersetMetadata

/// Every chart there is, also those that are on no dashboard.
struct DummyStrategy: WarmUpStrategy {
  static let name = "dummy"

  init(_ arguments: StrategyArguments, now: CivilTime) throws(StrategyFault) {
    _ = try arguments.bound(to: [])
  }

  func charts(from metadata: MetadataStore) throws(MetadataError) -> [PlacedChart] {
    try metadata.charts().map { PlacedChart(chart: $0) }
  }
}
