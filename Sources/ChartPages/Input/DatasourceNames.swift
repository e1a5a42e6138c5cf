// SPDX-License-Identifier: MIT
import JSONValues

/// What a dataset says of its columns and metrics: names for people, and formats.
package struct DatasourceNames: Sendable {
  private let verbose: JSONValue?
  private let formats: JSONValue?
  private let currencies: JSONValue?

  /// - Parameter datasource: as Superset gives it to its charts: `verbose_map`, `column_formats`, `currency_formats`.
  package init(_ datasource: JSONValue? = nil) {
    verbose = datasource?["verbose_map"]
    formats = datasource?["column_formats"]
    currencies = datasource?["currency_formats"]
  }

  func title(of column: String) -> String {
    guard let name = verbose?[column]?.stringValue, !name.isEmpty else { return column }
    return name
  }

  func format(of column: String) -> String? { formats?[column]?.stringValue }

  func currency(of column: String) -> CurrencyFormat? { CurrencyFormat(currencies?[column]) }
}
