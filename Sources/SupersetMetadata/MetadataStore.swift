// SPDX-License-Identifier: MIT
import SQLDatabases

/// Superset's own tables, read one question at a time.
package struct MetadataStore {
  private let database: any SQLDatabase

  package init(_ database: any SQLDatabase) { self.database = database }

  var dialect: SQLDialect { database.dialect }

  func rows<Element>(
    _ statement: SQLStatement, _ make: (any SQLRow) -> Element
  ) throws(MetadataError) -> [Element] {
    do { return try database.rows(statement, make) } catch { throw .database(error) }
  }
}
