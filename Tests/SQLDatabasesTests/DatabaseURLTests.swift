// SPDX-License-Identifier: MIT
import Testing

@testable import SQLDatabases

struct DatabaseURLTests {
  @Test(arguments: [
    ("sqlite:///data.db", "/etc/spool/data.db"), ("sqlite:////var/data.db", "/var/data.db"),
    ("sqlite:///a/b.db?check_same_thread=false", "/etc/spool/a/b.db"),
  ])
  func `three slashes are relative, four absolute`(_ url: String, _ path: String) throws {
    #expect(try DatabaseURL(url, relativeTo: "/etc/spool") == .sqlite(path: path))
  }

  @Test(arguments: ["mysql://h/d", "sqlite://", "sqlite:///:memory:", "", "data.db"])
  func `another kind of database is an error`(_ url: String) {
    #expect(throws: SQLError.unsupported(url: url)) { try DatabaseURL(url, relativeTo: "") }
  }

  @Test func `an error never shows a password`() throws {
    #expect(throws: SQLError.unsupported(url: "mysql://me:***@host:5432/db")) {
      try DatabaseURL("mysql://me:s3cret@host:5432/db", relativeTo: "")
    }
    #expect(try address("postgresql://me:s3cret@h:1/db").description == "postgresql://me@h:1/db")
  }

  private func address(_ url: String) throws -> PostgresAddress {
    guard case .postgres(let address) = try DatabaseURL(url, relativeTo: "") else {
      throw SQLError.unsupported(url: url)
    }
    return address
  }

  private func settings(_ url: String) throws -> [String: String] {
    Dictionary(
      try address(url).settings.map { ($0.name, $0.value) }, uniquingKeysWith: { "\($0), \($1)" })
  }

  @Test(arguments: ["postgresql", "postgresql+psycopg2", "postgresql+asyncpg", "postgres"])
  func `PostgreSQL's URLs name a user, a password, a host, a port and a database`(
    _ scheme: String
  ) throws {
    #expect(
      try settings("\(scheme)://me:p@h.example:5433/d") == [
        "user": "me", "password": "p", "host": "h.example", "port": "5433", "dbname": "d",
      ])
  }

  @Test func `names and passwords are percent-encoded`() throws {
    let given = try settings("postgresql://m%40e:p%3A%2F%40%C3%A4+%zz@h/d")
    #expect(given["user"] == "m@e")
    #expect(given["password"] == "p:/@ä+%zz")
  }

  @Test func `what stands behind the question mark is libpq's, a socket's directory too`() throws {
    let given = try settings(
      "postgresql://me@/d?host=%2Frun%2Fpg&sslmode=require&application_name=a+b&options=")
    #expect(
      given == [
        "user": "me", "dbname": "d", "host": "/run/pg", "sslmode": "require",
        "application_name": "a b",
      ])
    #expect(try settings("postgresql://h/d?host=other")["host"] == "other")
  }

  @Test func `an address of IPv6 stands in brackets`() throws {
    #expect(
      try settings("postgresql://[::1]:5433/d") == ["host": "::1", "port": "5433", "dbname": "d"])
    #expect(try settings("postgresql://[::1]/d")["host"] == "::1")
  }
}
