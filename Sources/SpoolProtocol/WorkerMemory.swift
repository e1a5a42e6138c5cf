// SPDX-License-Identifier: MIT
import SystemCalls

/// What a worker keeps from one job to the next, so that it has less to make and to look at; nothing depends on it.
package final class WorkerMemory {
  package let spares = SpareRuns()
  package let empty: EmptyDirectories

  package init(_ files: any FileOperations) { empty = EmptyDirectories(files) }
}
