// SPDX-License-Identifier: MIT
import Testing

@testable import SQLDatabases

struct DatabaseURLTests {
  @Test(arguments: [
    ("sqlite:///data.db", "/etc/spool/data.db"), ("sqlite:////var/data.db", "/var/data.db"),
    ("sqlite:///a/b.db?check_same_thread=false", "/etc/spool/a/b.db"),
  ])
  func `three slashes are relative, four absolute`(_ url: String, _ path: String) throws {
    #expect(try DatabaseURL(url, relativeTo: "/etc/spool").path == path)
  }

  @Test(arguments: ["mysql://h/d", "sqlite://", "sqlite:///:memory:", "", "data.db"])
  func `another kind of database is an error`(_ url: String) {
    #expect(throws: SQLError.unsupported(url: url)) { try DatabaseURL(url, relativeTo: "") }
  }

  @Test func `an error never shows a password`() {
    #expect(throws: SQLError.unsupported(url: "postgresql://me:***@host:5432/db")) {
      try DatabaseURL("postgresql://me:s3cret@host:5432/db", relativeTo: "")
    }
  }
}
