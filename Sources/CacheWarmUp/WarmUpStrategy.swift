// SPDX-License-Identifier: MIT
import ChartQueries
import SupersetMetadata

/// A way to choose the charts that are warmed up, Superset's class of this name.
package protocol WarmUpStrategy: Sendable {
  static var name: String { get }
  /// - Throws: where the arguments are not those of the strategy.
  init(_ arguments: StrategyArguments, now: CivilTime) throws(StrategyFault)
  /// The charts in the order in which they are to be warmed; one may stand there several times.
  func charts(from metadata: MetadataStore) throws(MetadataError) -> [PlacedChart]
}

/// What is wrong with the arguments of a strategy.
package struct StrategyFault: Error, Hashable, Sendable {
  let reason: String
}

/// The strategies by name.
package enum WarmUpStrategies {
  package static let all: [any WarmUpStrategy.Type] = [
    DummyStrategy.self, TopNDashboardsStrategy.self, DashboardTagsStrategy.self,
    DashboardsStrategy.self,
  ]

  /// The charts that a strategy chooses, each once.
  ///
  /// - Parameter now: UTC; what `7 days ago` is counted from.
  package static func charts(
    of name: String, _ arguments: StrategyArguments, now: CivilTime, from metadata: MetadataStore
  ) throws(StrategyError) -> [PlacedChart] {
    guard let type = all.first(where: { $0.name == name }) else {
      throw .notFound(name, known: all.map { $0.name })
    }
    let strategy: any WarmUpStrategy
    do { strategy = try type.init(arguments, now: now) } catch {
      throw .create(name, reason: error.reason)
    }
    let charts: [PlacedChart]
    do { charts = try strategy.charts(from: metadata) } catch { throw .execute(name, error) }
    var seen: Set<PlacedChart> = []
    return charts.filter { seen.insert($0).inserted }
  }
}
