// SPDX-License-Identifier: MIT
import SQLDatabases

/// A table, or a query that stands for one, with what Superset knows of its columns and metrics.
package struct Dataset: Hashable, Sendable {
  package let id: Int
  package let name: String
  package let schema: String?
  package let catalog: String?
  /// The query of a virtual dataset; nil for a table.
  package let sql: String?
  package let mainTemporalColumn: String?
  /// Hours to add to every time that is read.
  package let hourOffset: Int
  package let cacheTimeout: Int?
  package let fetchValuesPredicate: String?
  /// JSON, whose members templates know by their names.
  package let templateParameters: String?
  package let alwaysFiltersMainTemporalColumn: Bool
  package let perm: String?
  package let schemaPerm: String?
  package let catalogPerm: String?
  /// As the database holds it: `2026-11-23 21:22:16.178033`, in no time zone.
  package let changedOn: String?
  package let database: DatasetDatabase
  package let columns: [DatasetColumn]
  package let metrics: [DatasetMetric]

  package func column(named name: String) -> DatasetColumn? {
    columns.first { $0.name == name }
  }

  /// Names of the columns that hold times.
  package var temporalColumns: Set<String> { Set(columns.filter(\.isTemporal).map(\.name)) }

  package func metric(named name: String) -> DatasetMetric? {
    metrics.first { $0.name == name }
  }
}

/// A column of a dataset: one of its table, or one that SQL computes.
package struct DatasetColumn: Hashable, Sendable {
  package let name: String
  package let verboseName: String?
  package let type: String?
  /// The SQL of a calculated column; nil for one of the table itself.
  package let expression: String?
  package let isTemporal: Bool
  package let pythonDateFormat: String?
}

/// A metric that is saved with a dataset, ready to be named by a query.
package struct DatasetMetric: Hashable, Sendable {
  package let name: String
  package let verboseName: String?
  package let expression: String
}

/// The row of `dbs` that a dataset points at.
package struct DatasetDatabase: Hashable, Sendable {
  package let id: Int
  package let name: String
  package let uri: String
  package let cacheTimeout: Int?
  /// In place of the mask in the URI; readable with Superset's SECRET_KEY.
  package var encryptedPassword: String?

  /// The name of this database in Superset's permissions.
  package var perm: String { "[\(name)].(id:\(id))" }
}
