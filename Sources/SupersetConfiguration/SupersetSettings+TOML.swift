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
    try notifications.read(section)
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
    way = try section.choice("thumbnails", of: PictureWay.self)
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
