// SPDX-License-Identifier: MIT
import Pruning
import PruningTasks

/// Superset's task of this name: takes old queries of SQL Lab away.
@main
enum PruneQuery: TablePruneTask {
  static let name = "prune_query"
  static let summary = "Deletes the queries of SQL Lab that are older than so many days"
  static let table = PrunedTable.queries
}
