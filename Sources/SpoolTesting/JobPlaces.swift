// SPDX-License-Identifier: MIT
import SystemCalls

/// Where every job of a queue stands at one moment.
package struct JobPlaces {
  /// By id: paths below the spool, such as `active/task@1/ok-1.json`.
  package private(set) var places: [String: [String]] = [:]

  package init(_ spool: TestSpool, queue: String = "task") {
    for worker in spool.names(in: "active") { note("active/\(worker)", spool) }
    for state in ["deferred", "incoming", "hold", "results", "errors", "corrupt"] {
      note("\(state)/\(queue)", spool)
    }
  }

  private mutating func note(_ directory: String, _ spool: TestSpool) {
    for name in spool.names(in: directory) where name.hasSuffix(".json") {
      let id = name.prefix { $0 != "." }
      places[String(id), default: []].append("\(directory)/\(name)")
    }
  }

  /// The jobs that are no longer only dropped: the programs have answered for them.
  package var claimed: Set<String> {
    Set(places.filter { $0.value.contains { !$0.hasPrefix("incoming/") } }.keys)
  }

  /// The jobs in a state.
  package func ids(in state: String) -> Set<String> {
    Set(places.filter { $0.value.contains { $0.hasPrefix(state + "/") } }.keys)
  }
}
