// SPDX-License-Identifier: MIT
import SQLDatabases
import SpoolTesting
import SystemCalls
import Testing

@testable import SupersetConfiguration

/// Which database is opened, and as whom.
@Suite(.enabled(if: PostgresServer.isInstalled, "\(PostgresServer.howToInstall)"))
struct SupersetDatabasesTests {
  private let server: PostgresServer

  init() throws { server = try PostgresServer.shared.get() }

  private func databases(_ change: (inout SupersetSettings) -> Void = { _ in }) throws
    -> SupersetDatabases
  {
    var settings = SupersetSettings(metadataURL: server.url("postgres"), directory: "/tmp")
    settings.secretKey = EncryptedTextTests.key
    change(&settings)
    return try SupersetDatabases(settings, isCancelled: { false }) {
      PostgresDatabase.Session(
        program: "\(RunningProgram.path.parentPath)/spool-postgres", environment: [])
    }
  }

  private func source(
    password: String?, catalog: String? = nil, schema: String? = nil
  ) -> DataSource {
    DataSource(
      name: "warehouse", uri: "postgresql://guest:XXXXXXXXXX@/nowhere?host=\(server.directory)",
      encryptedPassword: password, catalog: catalog, schema: schema)
  }

  @Test func `metadata may be PostgreSQL's`() throws {
    let rows = try databases().metadata().rows(SQLStatement("SELECT 1")) { $0[0] }
    #expect(rows == [.integer(1)])
  }

  @Test func `what writes to PostgreSQL's metadata is the session that reads them`() throws {
    let databases = try databases()
    #expect(try databases.metadata() === databases.metadataWriter())
  }

  @Test func `the catalog is the database that is connected to, the schema where names are found`()
    throws
  {
    // `pässword:@/`, encrypted with the key of the recording.
    let source = source(
      password: "aa9ESHJjkY/aKvdSQNJtEQ==", catalog: "postgres", schema: "information_schema")
    let rows = try databases().data(source).rows(
      SQLStatement("SELECT current_user::text, current_database()::text, current_schema()::text")
    ) { row in (0..<3).map { row[$0] } }
    #expect(rows == [[.text("guest"), .text("postgres"), .text("information_schema")]])
  }

  @Test func `a password that another key has encrypted is an error of the configuration`() throws {
    let source = source(password: "aa9ESHJjkY/aKvdSQNJtEQ==")
    let other = try databases { $0.secretKey = "another" }
    #expect(
      throws: SupersetDatabasesError.configuration(.wrongSecretKey(database: "warehouse"))
    ) { try other.data(source) }
    let none = try databases { $0.secretKey = nil }
    #expect(throws: SupersetDatabasesError.configuration(.noSecretKey(database: "warehouse"))) {
      try none.data(source)
    }
  }

  @Test func `the mask is never sent as a password`() throws {
    let error = #expect(throws: SupersetDatabasesError.self) {
      try databases().data(source(password: nil, catalog: "postgres"))
    }
    guard case .database(.denied(_, let reason))? = error else {
      Issue.record("not denied: \(error.debugDescription)")
      return
    }
    #expect(reason.contains("no password supplied"))
  }

  @Test func `a URL of the settings needs no key`() throws {
    let url = server.url("postgres")
    let databases = try databases {
      $0.secretKey = nil
      $0.databaseURLs["warehouse"] = url
    }
    let rows = try databases.data(source(password: "aa9ESHJjkY/aKvdSQNJtEQ==")).rows(
      SQLStatement("SELECT current_user::text")
    ) { $0[0] }
    #expect(rows == [.text(PostgresServer.user)])
  }
}
