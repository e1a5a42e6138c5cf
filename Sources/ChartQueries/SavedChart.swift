// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// A saved chart asked for its data, as `GET /api/v1/chart/ID/data/` does: with the query context that a browser has saved.
package struct SavedChart {
  private let chart: Chart

  /// - Throws: `noChart` where there is none of this number.
  package init(id: Int, from metadata: MetadataStore) throws(ChartQueryError) {
    do { chart = try metadata.chart(id: id) } catch {
      guard case .noChart = error else { throw .metadata(error) }
      throw .noChart
    }
  }

  /// Asks in the form and the format wished instead of those that the chart was saved with.
  ///
  /// - Throws: `noChart` where the user may not read the chart's dataset: that there is such a chart is not told.
  package func request(
    type: String = "full", format: String = "json", isForced: Bool = false, now: CivilTime,
    as user: User, rules: ChartRules, from metadata: MetadataStore
  ) throws(ChartQueryError) -> ChartRequest {
    guard try isVisible(to: user, metadata) else { throw .noChart }
    guard var members = Self.json(chart.queryContext)?.objectValue else { throw .noSavedContext }
    members["result_type"] = .string(type)
    members["result_format"] = .string(format)
    members["force"] = .bool(isForced)
    let context = try QueryContext(
      .object(members), form: Self.json(chart.form) ?? [:], tellsTemplates: false,
      isFork: rules.isFork, now: now)
    return try ChartRequest(
      context, as: user, rules: rules, from: metadata)
  }

  private func isVisible(
    to user: User, _ metadata: MetadataStore
  ) throws(ChartQueryError) -> Bool {
    do { return try metadata.canRead(try metadata.dataset(id: chart.datasetID), as: user) } catch {
      if case .noDataset = error { return false }
      throw .metadata(error)
    }
  }

  init(_ chart: Chart) { self.chart = chart }

  private static func json(_ text: String?) -> JSONValue? {
    text.flatMap { try? JSONValue(parsing: $0) }
  }
}
