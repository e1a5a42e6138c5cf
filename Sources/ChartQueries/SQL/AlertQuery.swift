// SPDX-License-Identifier: MIT
import SQLDatabases
import SupersetMetadata

/// The SQL of an alert, as it is sent to the database.
package struct AlertQuery: Hashable, Sendable {
  package let statement: SQLStatement

  /// - Parameters:
  ///   - sql: a template, where templates are switched on.
  ///   - rowLimit: rows of which one is too many already; a statement that limits itself keeps its own limit.
  package init(
    _ sql: String, rendersTemplates: Bool, as user: User, in dialect: SQLDialect, rowLimit: Int
  ) throws(ChartQueryError) {
    let source = TemplateSource(isEnabled: rendersTemplates, user: user, query: .null)
    // Without templates Superset sends the SQL as it is.
    let rendered =
      rendersTemplates
      ? try TemplateRenderer(source, dialect.text).rendered(sql, in: .expression) : sql
    statement = SQLStatement(Self.limited(rendered, to: rowLimit, in: dialect))
  }

  private static func limited(_ sql: String, to limit: Int, in dialect: SQLDialect) -> String {
    var text = sql[...]
    while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
    let fragment = SQLFragment(String(text), in: dialect)
    guard !fragment.hasSeparator, !fragment.hasOwnLimit else { return sql }
    // On a line of its own: the last one may be a comment.
    return "\(text)\nLIMIT \(limit)"
  }
}
