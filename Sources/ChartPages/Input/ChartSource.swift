// SPDX-License-Identifier: MIT
import JSONValues

/// What a chart is drawn from.
package struct ChartSource: Sendable {
  package var title: String
  /// Superset's form_data; an empty object where only the data are known.
  package var form: JSONValue
  /// The answer of Superset's chart data or of explore_json, or an array of rows.
  package var document: JSONValue
  package var names: DatasourceNames
  /// Superset's `label_colors` of the dashboard.
  package var labelColours: JSONValue
  /// The dashboard's scheme, which goes before the chart's own.
  package var colourScheme: String?

  package init(
    title: String, form: JSONValue, document: JSONValue, names: DatasourceNames = DatasourceNames(),
    labelColours: JSONValue = .null, colourScheme: String? = nil
  ) {
    self.title = title
    self.form = form
    self.document = document
    self.names = names
    self.labelColours = labelColours
    self.colourScheme = colourScheme
  }
}
