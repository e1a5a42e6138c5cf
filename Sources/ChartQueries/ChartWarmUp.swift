// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SupersetMetadata

/// A saved chart computed anew, as `PUT /api/v1/chart/warm_up_cache` does it, and what came of it.
package struct ChartWarmUp {
  private let chart: Chart
  private let user: User
  private let rules: ChartRules
  private let now: CivilTime
  private let metadata: MetadataStore

  /// - Throws: an error where there is no chart of this number.
  package init(
    ofChart id: Int, as user: User, rules: ChartRules, now: CivilTime,
    from metadata: MetadataStore
  ) throws(ChartQueryError) {
    do { chart = try metadata.chart(id: id) } catch { throw .metadata(error) }
    self.user = user
    self.rules = rules
    self.now = now
    self.metadata = metadata
  }

  /// `{"result": [{"chart_id": 7, "viz_error": null, "viz_status": "success"}]}`; what is wrong with the chart is told there.
  ///
  /// - Parameter output: where the answer goes; what it holds after an error is of no use.
  /// - Throws: what lies outside the chart: a database that cannot be read now.
  package func report(
    from database: any SQLDatabase, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> JSONValue {
    var error: JSONValue = nil
    var status: JSONValue = "success"
    do {
      if LegacyCharts.names.contains(chart.vizType) {
        (error, status) = try drawn(from: database, to: &output)
      } else {
        _ = try request().answer(from: database, timeout: -1, .computed, to: &output)
      }
    } catch let failure {
      guard failure.isOfTheForm || failure == .noChart else { throw failure }
      (error, status) = (.string("\(failure)"), nil)
    }
    return ["result": [["chart_id": .integer(chart.id), "viz_error": error, "viz_status": status]]]
  }

  private func request() throws(ChartQueryError) -> ChartRequest {
    guard chart.queryContext != nil else {
      throw .clause(reason: "Chart's query context does not exist")
    }
    return try SavedChart(chart).request(
      isForced: true, now: now, as: user, rules: rules, from: metadata)
  }

  private func drawn(
    from database: any SQLDatabase, to output: inout some AnswerOutput
  ) throws(ChartQueryError) -> (error: JSONValue, status: JSONValue) {
    let request = try ExploreRequest(
      ["slice_id": .integer(chart.id)], at: now, as: user, rules: rules, from: metadata)
    let answer = try request.answer(from: database, timeout: -1, .computed)
    try output.append(answer.document)
    return answer.errors.isEmpty ? (nil, "success") : (.array(answer.errors), "failed")
  }
}
