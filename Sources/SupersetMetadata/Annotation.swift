// SPDX-License-Identifier: MIT
import SQLDatabases

/// A note that is drawn over charts of time: a moment or a span.
package struct Annotation: Hashable, Sendable {
  /// Times as the database writes them.
  package let start: String?
  package let end: String?
  package let title: String?
  package let text: String?
  package let jsonMetadata: String?
}

extension MetadataStore {
  /// In the order of their times; nil where there is no such layer.
  package func annotations(ofLayer id: Int) throws(MetadataError) -> [Annotation]? {
    let layer = SQLStatement("SELECT 1 FROM annotation_layer WHERE id = ?", .integer(id))
    guard try !rows(layer, { _ in true }).isEmpty else { return nil }
    let statement = SQLStatement(
      """
      SELECT start_dttm, end_dttm, short_descr, long_descr, json_metadata FROM annotation
      WHERE layer_id = ? ORDER BY start_dttm, end_dttm, id
      """, .integer(id))
    return try rows(statement) { row in
      Annotation(
        start: row[0].textValue, end: row[1].textValue, title: row[2].textValue,
        text: row[3].textValue, jsonMetadata: row[4].textValue)
    }
  }
}
