// SPDX-License-Identifier: MIT
import SystemCalls
import TOMLKit
import TOMLText

extension SupersetSettings {
  /// Reads the section `[superset]`; a file without it gives the defaults.
  package init(toml text: String, path: String) throws(ConfigurationError) {
    if let reason = TOMLGuard.objection(to: text) { throw .malformed(path: path, reason: reason) }
    let table: TOMLTable
    do { table = try TOMLTable(string: text) } catch {
      throw .malformed(path: path, reason: "\(error)")
    }
    let section = TOMLSection(table: table["superset"]?.table ?? TOMLTable(), path: path)
    self.init(
      metadataURL: try section.text("metadata_url"), directory: path.parentPath)
    rowLimit = try section.number("row_limit") ?? rowLimit
    sqlMaxRow = try section.number("sql_max_row") ?? sqlMaxRow
    samplesRowLimit = try section.number("samples_row_limit") ?? samplesRowLimit
    cacheDefaultTimeout = try section.number("cache_default_timeout") ?? cacheDefaultTimeout
    dataCacheTimeout = try section.number("data_cache_timeout")
    rendersTemplates = try section.flag("enable_template_processing") ?? rendersTemplates
    hasDashboardRoles = try section.flag("dashboard_rbac") ?? hasDashboardRoles
    isFork = try section.flag("dodo") ?? isFork
    guestRoleName = try section.text("guest_role_name") ?? guestRoleName
    secretKey = try section.text("secret_key")
    databaseURLs = try section.texts("database_urls")
  }
}

/// A table whose members are fetched by type, a wrong type being an error instead of a default.
private struct TOMLSection {
  let table: TOMLTable
  let path: String

  func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw .wrongType(path: path, key: key) }
    return text
  }

  func number(_ key: String) throws(ConfigurationError) -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int else { throw .wrongType(path: path, key: key) }
    return number
  }

  func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let flag = value.bool else { throw .wrongType(path: path, key: key) }
    return flag
  }

  func texts(_ key: String) throws(ConfigurationError) -> [String: String] {
    guard let value = table[key] else { return [:] }
    guard let members = value.table else { throw .wrongType(path: path, key: key) }
    var texts: [String: String] = [:]
    let section = TOMLSection(table: members, path: path)
    for name in members.keys { texts[name] = try section.text(name) }
    return texts
  }
}
