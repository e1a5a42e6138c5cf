// SPDX-License-Identifier: MIT
import SpoolTesting

/// Where every job of the load stands at one moment.
struct CutSnapshot {
  /// By id: paths below the spool, such as `active/task@1/ok-1.json`.
  private(set) var places: [String: [String]] = [:]

  init(_ spool: TestSpool) {
    for worker in spool.names(in: "active") { note("active/\(worker)", spool) }
    for state in ["deferred", "incoming", "results", "errors", "corrupt"] {
      note("\(state)/task", spool)
    }
  }

  private mutating func note(_ directory: String, _ spool: TestSpool) {
    for name in spool.names(in: directory) where name.hasSuffix(".json") {
      let id = name.prefix { $0 != "." }
      places[String(id), default: []].append("\(directory)/\(name)")
    }
  }

  /// The jobs that are no longer only dropped: the programs have answered for them.
  var claimed: Set<String> {
    Set(places.filter { $0.value.contains { !$0.hasPrefix("incoming/") } }.keys)
  }

  /// The jobs in a state.
  func ids(in state: String) -> Set<String> {
    Set(places.filter { $0.value.contains { $0.hasPrefix(state + "/") } }.keys)
  }
}
