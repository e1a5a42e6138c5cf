// SPDX-License-Identifier: MIT
import SQLDatabases

/// What a dataset says of how its columns and metrics are shown, by their names.
package struct DatasetLook: Hashable, Sendable {
  /// What people read instead of the name.
  package fileprivate(set) var titles: [String: String] = [:]
  /// Of metrics, in d3's words.
  package fileprivate(set) var formats: [String: String] = [:]
  /// Of metrics, as JSON: symbol and symbolPosition.
  package fileprivate(set) var currencies: [String: String] = [:]
}

extension MetadataStore {
  /// Nothing of a dataset that is not there.
  package func look(ofDataset id: Int) throws(MetadataError) -> DatasetLook {
    var look = DatasetLook()
    let columns = SQLStatement(
      "SELECT column_name, verbose_name FROM table_columns WHERE table_id = ?", .integer(id))
    for (name, title) in try rows(columns, { ($0[0].textValue ?? "", $0[1].filledText) }) {
      look.titles[name] = title
    }
    let metrics = SQLStatement(
      """
      SELECT metric_name, verbose_name, d3format, currency FROM sql_metrics WHERE table_id = ?
      """, .integer(id))
    let found = try rows(metrics) { row in
      (row[0].textValue ?? "", row[1].filledText, row[2].filledText, row[3].filledText)
    }
    for (name, title, format, currency) in found {
      if let title { look.titles[name] = title }
      look.formats[name] = format
      look.currencies[name] = currency
    }
    return look
  }
}
