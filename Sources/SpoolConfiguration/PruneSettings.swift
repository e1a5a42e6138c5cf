// SPDX-License-Identifier: MIT

/// How old things may become before `spool prune` removes them; nil: for ever.
package struct PruneSettings: Hashable, Sendable {
  package var results: Duration?
  package var errors: Duration?
  package var corrupt: Duration?
  /// The event log of a channel that nothing was told on for so long.
  package var events: Duration?
  package var logs: Duration?

  package init() {}

  /// Everything that has an age, by the name that it has in spool.toml and as an option.
  package static var ages: [(name: String, path: WritableKeyPath<PruneSettings, Duration?>)] {
    [
      ("results", \.results), ("errors", \.errors), ("corrupt", \.corrupt), ("events", \.events),
      ("logs", \.logs),
    ]
  }

  mutating func read(_ table: SettingsTable) throws(SettingsError) {
    try table.refuseKeys(besides: Self.ages.map(\.name))
    for (name, path) in Self.ages {
      if let age = try table.age(name) { self[keyPath: path] = age }
    }
  }
}
