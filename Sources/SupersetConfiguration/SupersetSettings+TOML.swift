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
    seleniumUser = try section.text("thumbnail_selenium_user") ?? seleniumUser
    try web.read(section)
    try warmUp.read(section)
    try thumbnails.read(section)
    try reports.read(section)
  }
}

extension WebSettings {
  fileprivate mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    baseURL = try section.text("webdriver_baseurl")
    sessionCookieName = try section.text("session_cookie_name") ?? sessionCookieName
    hasServerSideSessions = try section.flag("session_server_side") ?? hasServerSideSessions
    user = try section.text("web_user")
    password = try section.text("web_password")
    connectTimeout = try section.positiveNumber("web_connect_timeout") ?? connectTimeout
    timeout = try section.positiveNumber("web_timeout") ?? timeout
    bodyLimit = try section.positiveNumber("web_body_limit") ?? bodyLimit
    certificates = try section.text("web_certificates").map(section.absolute)
  }
}

extension WarmUpSettings {
  fileprivate mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    way = try section.choice("cache_warmup", of: WarmUpWay.self) ?? way
    executors = try section.list("cache_warmup_executors") ?? executors
  }
}

extension ThumbnailSettings {
  fileprivate mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    way = try section.choice("thumbnails", of: ThumbnailWay.self)
    executors = try section.list("thumbnail_executors") ?? executors
    cacheTimeout = try section.positiveNumber("thumbnail_cache_timeout") ?? cacheTimeout
    errorTimeout = try section.positiveNumber("thumbnail_error_timeout") ?? errorTimeout
    browser.program = try section.text("browser")
    browser.isSandboxed = try section.flag("browser_sandbox") ?? browser.isSandboxed
    browser.user = try section.text("browser_user")
    browser.locateWait = try section.positiveNumber("screenshot_locate_wait") ?? browser.locateWait
    browser.loadWait = try section.positiveNumber("screenshot_load_wait") ?? browser.loadWait
  }
}

extension ReportSettings {
  fileprivate mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    way = try section.choice("reports", of: ThumbnailWay.self)
    executors = try section.list("alert_reports_execute_as") ?? executors
    queryTries =
      try section.positiveNumber("alert_reports_query_execution_max_tries") ?? queryTries
    killsOverdue = try section.flag("alert_reports_working_time_out_kill") ?? killsOverdue
    hardLag = try section.positiveNumber("alert_reports_working_time_out_lag") ?? hardLag
    softLag = try section.positiveNumber("alert_reports_working_soft_time_out_lag") ?? softLag
    catchUp = try section.positiveNumber("alert_reports_catch_up") ?? catchUp
    attachesToAlerts = try section.flag("alerts_attach_reports") ?? attachesToAlerts
    friendlyBaseURL = try section.text("webdriver_baseurl_user_friendly")
    let window = try section.section("webdriver_window")
    chartWindow = try window.size("slice") ?? chartWindow
    dashboardWindow = try window.size("dashboard") ?? dashboardWindow
    pixelDensity = try window.positiveNumber("pixel_density") ?? pixelDensity
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

  /// Above zero.
  func positiveNumber(_ key: String) throws(ConfigurationError) -> Int? {
    guard let number = try number(key) else { return nil }
    guard number > 0 else { throw malformed(key, "\(number) is not above 0") }
    return number
  }

  /// One of a few words.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Choice.Type
  ) throws(ConfigurationError) -> Choice? {
    guard let text = try text(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw malformed(key, "'\(text)' is none of \(words)")
    }
    return choice
  }

  func list(_ key: String) throws(ConfigurationError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard let items = value.array else { throw .wrongType(path: path, key: key) }
    var texts: [String] = []
    for item in items {
      guard let text = item.string else { throw .wrongType(path: path, key: key) }
      texts.append(text)
    }
    return texts
  }

  func malformed(_ key: String, _ reason: String) -> ConfigurationError {
    .malformed(path: path, reason: "superset.\(key): \(reason)")
  }

  /// A path of this file begins where the file lies.
  func absolute(_ name: String) -> String {
    name.hasPrefix("/") ? name : "\(path.parentPath)/\(name)"
  }

  /// A table below this one, an empty one where there is none.
  func section(_ key: String) throws(ConfigurationError) -> TOMLSection {
    guard let value = table[key] else { return TOMLSection(table: TOMLTable(), path: path) }
    guard let members = value.table else { throw .wrongType(path: path, key: key) }
    return TOMLSection(table: members, path: path)
  }

  /// `[1600, 2000]`: pixels.
  func size(_ key: String) throws(ConfigurationError) -> [Int]? {
    guard let value = table[key] else { return nil }
    let sides = value.array.map { Array($0).map(\.int) } ?? []
    guard sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0
    else { throw malformed(key, "it is no [width, height]") }
    return [width, height]
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
