// SPDX-License-Identifier: MIT
import SQLDatabases

/// A saved chart, as far as its data goes.
package struct Chart: Hashable, Sendable {
  package let id: Int
  package let name: String
  package let vizType: String
  package let datasetID: Int
  package let cacheTimeout: Int?
  /// What the browser saved for others to run; nil where no browser has saved it yet.
  package let queryContext: String?
  /// The chart's form, as JSON.
  package let form: String?
}

extension MetadataStore {
  package func chart(id: Int) throws(MetadataError) -> Chart {
    let statement = SQLStatement(
      """
      SELECT slice_name, viz_type, datasource_id, cache_timeout, query_context, params
      FROM slices WHERE id = ?
      """, .integer(id))
    let found = try rows(statement) { row in
      Chart(
        id: id, name: row[0].textValue ?? "", vizType: row[1].textValue ?? "",
        datasetID: row[2].integerValue ?? 0, cacheTimeout: row[3].integerValue,
        queryContext: row[4].filledText, form: row[5].filledText)
    }
    guard let chart = found.first else { throw .noChart(id: id) }
    return chart
  }

  /// What a legacy chart is drawn from; nil where there is no such chart.
  package func legacyForm(ofChart id: Int) throws(MetadataError) -> LegacyChartForm? {
    let statement = SQLStatement(
      """
      SELECT params, viz_type, datasource_id, datasource_type, cache_timeout
      FROM slices WHERE id = ?
      """, .integer(id))
    return try rows(statement) { row in
      LegacyChartForm(
        parameters: row[0].textValue, vizType: row[1].textValue ?? "",
        datasource: "\(row[2].integerValue.map(String.init) ?? "None")__\(row[3].textValue ?? "")",
        cacheTimeout: row[4].integerValue)
    }.first
  }
}

/// The form of a saved chart, and what of it stands in columns of their own.
package struct LegacyChartForm: Hashable, Sendable {
  /// JSON.
  package let parameters: String?
  package let vizType: String
  /// `1__table`
  package let datasource: String
  package let cacheTimeout: Int?
}
