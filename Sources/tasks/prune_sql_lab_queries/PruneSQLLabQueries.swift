// SPDX-License-Identifier: MIT
import Pruning
import PruningTasks

/// The same as prune_query, by the name that it has in designs of Superset.
@main
enum PruneSQLLabQueries: TablePruneTask {
  static let name = "prune_sql_lab_queries"
  static let summary = "Deletes the queries of SQL Lab that are older than so many days"
  static let table = PrunedTable.queries
}
