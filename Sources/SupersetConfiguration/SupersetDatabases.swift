// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// Opens the databases that the settings and the metadata name.
package struct SupersetDatabases {
  private let settings: SupersetSettings
  private let metadataURL: DatabaseURL
  private let isCancelled: () -> Bool

  package init(
    _ settings: SupersetSettings, isCancelled: @escaping () -> Bool
  ) throws(SupersetDatabasesError) {
    guard let url = settings.metadataURL else { throw .configuration(.noMetadata) }
    self.settings = settings
    self.isCancelled = isCancelled
    do {
      metadataURL = try DatabaseURL(url, relativeTo: settings.metadataDirectory)
    } catch { throw .database(error) }
  }

  package func metadata() throws(SQLError) -> any SQLDatabase {
    try SQLiteDatabase(readingFrom: metadataURL.path, isCancelled: isCancelled)
  }

  /// A database of `dbs`; a relative URI means a place beside the metadata.
  package func data(named name: String, uri: String) throws(SQLError) -> any SQLDatabase {
    let url =
      if let override = settings.databaseURLs[name] {
        try DatabaseURL(override, relativeTo: settings.directory)
      } else {
        try DatabaseURL(uri, relativeTo: metadataURL.path.parentPath)
      }
    return try SQLiteDatabase(readingFrom: url.path, isCancelled: isCancelled)
  }
}

/// Why the metadata database is not even known.
package enum SupersetDatabasesError: Error, Hashable {
  case configuration(ConfigurationError)
  case database(SQLError)
}
