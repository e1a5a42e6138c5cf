// SPDX-License-Identifier: MIT

/// What superset_config.py would say, as far as tasks need it: section `[superset]` of spool.toml.
package struct SupersetSettings: Hashable, Sendable {
  /// SQLAlchemy URL of the metadata database; nil where none is configured.
  package var metadataURL: String?
  /// Where relative paths of this configuration begin.
  package var directory: String
  /// Where a relative metadata URL begins; another place only when it comes from the environment.
  package var metadataDirectory: String
  /// ROW_LIMIT: rows where a query asks for no number.
  package var rowLimit = 50_000
  /// SQL_MAX_ROW: more is never given, whatever a query asks for.
  package var sqlMaxRow = 100_000
  /// SAMPLES_ROW_LIMIT: rows of a look at the raw data.
  package var samplesRowLimit = 1_000
  /// ENABLE_TEMPLATE_PROCESSING: whether SQL is a Jinja template.
  package var rendersTemplates = false
  /// DASHBOARD_RBAC: whether the roles of a dashboard open its data.
  package var hasDashboardRoles = false
  /// Whether Superset is DODO's fork of it.
  package var isFork = false
  /// GUEST_ROLE_NAME: what those may do who look at embedded dashboards.
  package var guestRoleName = "Public"
  /// CACHE_DEFAULT_TIMEOUT, in seconds: a day.
  package var cacheDefaultTimeout = 86_400
  /// The timeout of the data cache, in seconds, where it differs from the default.
  package var dataCacheTimeout: Int?
  /// SECRET_KEY, with which Superset encrypts the passwords of its databases.
  package var secretKey: String?
  /// URLs by database name, instead of those in the metadata.
  package var databaseURLs: [String: String] = [:]

  /// THUMBNAIL_SELENIUM_USER: in whose name machines look at Superset; nil for nobody.
  package var seleniumUser: String? = "admin"
  package var web = WebSettings()
  package var warmUp = WarmUpSettings()
  package var thumbnails = ThumbnailSettings()
  package var reports = ReportSettings()
  package var notifications = NotificationSettings()

  package init(metadataURL: String?, directory: String) {
    self.metadataURL = metadataURL
    self.directory = directory
    metadataDirectory = directory
  }
}
