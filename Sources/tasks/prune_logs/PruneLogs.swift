// SPDX-License-Identifier: MIT
import Pruning
import PruningTasks

/// Superset's task of this name: takes away what people have done long ago.
@main
enum PruneLogs: TablePruneTask {
  static let name = "prune_logs"
  static let summary = "Deletes the entries of Superset's log that are older than so many days"
  static let table = PrunedTable.logs
}
