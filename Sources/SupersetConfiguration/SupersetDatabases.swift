// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// A row of `dbs`, and the part of that database in which a dataset lies.
package struct DataSource: Hashable, Sendable {
  package let name: String
  package let uri: String
  /// `dbs.password`
  package let encryptedPassword: String?
  package let catalog: String?
  package let schema: String?

  package init(
    name: String, uri: String, encryptedPassword: String?, catalog: String?, schema: String?
  ) {
    self.name = name
    self.uri = uri
    self.encryptedPassword = encryptedPassword
    self.catalog = catalog
    self.schema = schema
  }
}

/// Opens the databases that the settings and the metadata name.
package struct SupersetDatabases {
  private let settings: SupersetSettings
  private let metadataURL: DatabaseURL
  private let isCancelled: () -> Bool
  /// Asked only where a database is PostgreSQL's.
  private let session: () -> PostgresDatabase.Session
  /// When nobody waits any more.
  private let deadline: Timestamp?
  private let memory: SupersetMemory

  /// - Parameter isCancelled: the same for all who share a memory.
  package init(
    _ settings: SupersetSettings, until deadline: Timestamp? = nil,
    memory: SupersetMemory = SupersetMemory(), isCancelled: @escaping () -> Bool,
    session: @escaping () -> PostgresDatabase.Session
  ) throws(SupersetDatabasesError) {
    guard let url = settings.metadataURL else { throw .configuration(.noMetadata) }
    self.settings = settings
    self.deadline = deadline
    self.memory = memory
    self.isCancelled = isCancelled
    self.session = session
    do {
      metadataURL = try DatabaseURL(url, relativeTo: settings.metadataDirectory)
    } catch { throw .database(error) }
  }

  package func metadata() throws(SQLError) -> any SQLDatabase {
    try database(at: metadataURL, schema: nil)
  }

  /// What may change the metadata; of PostgreSQL it is the session that reads them.
  package func metadataWriter() throws(SQLError) -> any SQLWriter {
    switch metadataURL {
    case .sqlite(let path):
      try memory.database(at: metadataURL, nil, until: deadline) {
        () throws(SQLError) in try SQLiteWriter(writingTo: path, isCancelled: isCancelled)
      }
    case .postgres(let address): try postgres(address, schema: nil)
    }
  }

  /// The database of a dataset; a relative URI means a place beside the metadata.
  package func data(_ source: DataSource) throws(SupersetDatabasesError) -> any SQLDatabase {
    let override = settings.databaseURLs[source.name]
    var url: DatabaseURL
    do {
      url = try DatabaseURL(
        override ?? source.uri, relativeTo: override == nil ? metadataPlace : settings.directory)
    } catch { throw .database(error) }
    if override == nil, case .postgres(var address) = url {
      do { address.password = try password(of: source, address) } catch {
        throw .configuration(error)
      }
      url = .postgres(address)
    }
    if case .postgres(var address) = url, let catalog = source.catalog {
      address.database = catalog
      url = .postgres(address)
    }
    do { return try database(at: url, schema: source.schema) } catch { throw .database(error) }
  }

  private var metadataPlace: String {
    if case .sqlite(let path) = metadataURL { path.parentPath } else { settings.directory }
  }

  /// The URI holds a mask in its place.
  private func password(
    of source: DataSource, _ address: PostgresAddress
  ) throws(ConfigurationError) -> String? {
    guard let encrypted = source.encryptedPassword else {
      return address.password == PostgresAddress.maskedPassword ? nil : address.password
    }
    guard let key = settings.secretKey else { throw .noSecretKey(database: source.name) }
    guard let password = EncryptedText(encrypted).decrypted(with: key) else {
      throw .wrongSecretKey(database: source.name)
    }
    return password
  }

  private func database(
    at url: DatabaseURL, schema: String?
  ) throws(SQLError) -> any SQLDatabase {
    switch url {
    // It has none of these schemas.
    case .sqlite(let path):
      try memory.database(at: url, nil, until: deadline) {
        () throws(SQLError) in try SQLiteDatabase(readingFrom: path, isCancelled: isCancelled)
      }
    case .postgres(let address): try postgres(address, schema: schema)
    }
  }

  private func postgres(
    _ address: PostgresAddress, schema: String?
  ) throws(SQLError) -> PostgresDatabase {
    try memory.database(at: .postgres(address), schema, until: deadline) { () throws(SQLError) in
      var session = session()
      session.schema = schema
      session.deadline = deadline
      return try PostgresDatabase(address, session, isCancelled: isCancelled)
    }
  }
}

/// Why a database could not be opened, or is not even known.
package enum SupersetDatabasesError: Error, Hashable {
  case configuration(ConfigurationError)
  case database(SQLError)
}
