// SPDX-License-Identifier: MIT
import SQLDatabases

/// A saved chart, as far as its data goes.
package struct Chart: Hashable, Sendable {
  package let id: Int
  package let name: String
  package let vizType: String
  package let datasetID: Int
  /// `1__table`
  package let datasource: String
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
      SELECT slice_name, viz_type, datasource_id, datasource_type, cache_timeout, query_context,
        params
      FROM slices WHERE id = ?
      """, .integer(id))
    let found = try rows(statement) { row in
      Chart(
        id: id, name: row[0].textValue ?? "", vizType: row[1].textValue ?? "",
        datasetID: row[2].integerValue ?? 0,
        datasource: "\(row[2].integerValue.map(String.init) ?? "None")__\(row[3].textValue ?? "")",
        cacheTimeout: row[4].integerValue, queryContext: row[5].filledText,
        form: row[6].filledText)
    }
    guard let chart = found.first else { throw .noChart(id: id) }
    return chart
  }
}
