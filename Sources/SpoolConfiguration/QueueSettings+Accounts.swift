// SPDX-License-Identifier: MIT

extension QueueSettings {
  /// Takes over who runs the tasks and who may drop, as far as the table names them; a user brings its own group.
  mutating func readAccounts(_ table: SettingsTable) throws(SettingsError) {
    if let name = try table.account("user") {
      user = name
      group = nil
    }
    group = try table.account("group") ?? group
    dropGroup = try table.account("drop_group") ?? dropGroup
    if group != nil, user == nil { throw table.wrong("group", "of use without a user") }
  }
}

extension SettingsTable {
  /// A name, or a number with or without quotes.
  fileprivate func account(_ key: String) throws(SettingsError) -> String? {
    guard let value = value(key) else { return nil }
    if let number = value.int, (0..<Int(UInt32.max)).contains(number) { return "\(number)" }
    guard let text = value.string, !text.isEmpty else {
      throw wrong(key, "a name or a number of \(key == "user" ? "a user" : "a group")")
    }
    return text
  }
}
