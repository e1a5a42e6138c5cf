// SPDX-License-Identifier: MIT
import SpoolConfiguration
import SpoolProtocol

extension PruneSettings {
  /// What spool.toml says, except where an option says otherwise.
  package init(of spool: Spool, replacing options: [String: String?]) throws(CommandError) {
    do { self = try SpoolSettings.load(spool.layout.configuration).prune } catch {
      throw .settings(error)
    }
    for (name, path) in Self.ages {
      guard let text = options[name] ?? nil else { continue }
      let age = DurationText.duration(text)
      guard age != nil || text == DurationText.never else { throw .badAge(text, of: name) }
      self[keyPath: path] = age
    }
  }
}
