// SPDX-License-Identifier: MIT
import SQLDatabases
import SpoolTesting
import SystemCalls
import Testing

@testable import SupersetConfiguration

/// What one job leaves to the next.
struct SupersetMemoryTests {
  private let directory: TemporaryDirectory
  private let memory = SupersetMemory()

  init() throws { directory = try TemporaryDirectory() }

  private func make(_ name: String) throws {
    let builder = try SQLiteBuilder(creating: "\(directory.path)/\(name)")
    try builder.run("CREATE TABLE t (a)")
    try builder.finish()
  }

  private func databases(_ name: String) throws -> SupersetDatabases {
    let settings = SupersetSettings(metadataURL: "sqlite:///\(name)", directory: directory.path)
    return try SupersetDatabases(settings, memory: memory, isCancelled: { false }) {
      PostgresDatabase.Session(program: "", environment: [])
    }
  }

  /// As a job opens it.
  private func open(_ name: String) throws -> any SQLDatabase { try databases(name).metadata() }

  /// The same for a second job, once its last change is old enough to be trusted.
  private func opened(_ name: String) throws -> any SQLDatabase {
    while true {
      let database = try open(name)
      if try database === open(name) { return database }
    }
  }

  private func settings() throws -> SupersetSettings {
    try SupersetSettings.load(
      path: "\(directory.path)/spool.toml", metadataURL: nil, secretKey: nil, memory: memory)
  }

  @Test func `a database stays open from one job to the next, until its file is another`() throws {
    try make("a.db")
    let first = try opened("a.db")
    #expect(try open("a.db") === first)
    try make("b.db")
    try SystemFiles().replace("\(directory.path)/a.db", with: "\(directory.path)/b.db")
    #expect(try open("a.db") !== first)
    try SystemFiles().unlink("\(directory.path)/a.db")
    #expect(throws: SQLError.missing(path: "\(directory.path)/a.db")) { try open("a.db") }
  }

  @Test func `an SQLite file is open once, whatever schema a dataset names`() throws {
    try make("a.db")
    let metadata = try opened("a.db")
    for schema in [nil, "main"] {
      let source = DataSource(
        name: "examples", uri: "sqlite:///a.db", encryptedPassword: nil, catalog: nil,
        schema: schema)
      #expect(try databases("a.db").data(source) === metadata)
    }
  }

  @Test func `after a write metadata are read anew, by who was open before as well`() throws {
    try make("a.db")
    let reader = try opened("a.db")
    let count = SQLStatement("SELECT count(*) FROM t WHERE 1 = ?", .integer(1))
    #expect(try reader.rows(count) { $0[0] } == [.integer(0)])
    let written = try databases("a.db").metadataWriter().write([
      SQLStatement("INSERT INTO t VALUES (1)")
    ])
    #expect(written == [1])
    #expect(try reader.rows(count) { $0[0] } == [.integer(1)])
    #expect(try open("a.db") !== reader)
    #expect(try open("a.db").rows(count) { $0[0] } == [.integer(1)])
  }

  @Test func `only so many databases stay open, those that were used last`() throws {
    let names = (0...SupersetMemory.limit).map { "\($0).db" }
    for name in names { try make(name) }
    let all = try names.map { try opened($0) }
    #expect(try zip(names, all).dropFirst().allSatisfy { try open($0) === $1 })
    #expect(try open(names[0]) !== all[0])
  }

  @Test func `settings are those of the file as it is now`() throws {
    try directory.write("[superset]\nrow_limit = 1", to: "spool.toml")
    #expect(try settings().rowLimit == 1)
    #expect(try settings().rowLimit == 1)
    try directory.write("[superset]\nrow_limit = 2", to: "spool.toml")
    #expect(try settings().rowLimit == 2)
    try directory.write("[superset]\nrow_limit = 'x'", to: "spool.toml")
    #expect(throws: ConfigurationError.self) { try settings() }
  }

  @Test func `what comes from the environment holds whatever is remembered`() throws {
    try directory.write("[superset]\nmetadata_url = 'sqlite:///a'", to: "spool.toml")
    #expect(try settings().metadataURL == "sqlite:///a")
    let other = try SupersetSettings.load(
      path: "\(directory.path)/spool.toml", metadataURL: "sqlite:///b", secretKey: "k",
      memory: memory)
    #expect(other.metadataURL == "sqlite:///b")
    #expect(other.secretKey == "k")
    #expect(try settings().secretKey == nil)
  }
}
