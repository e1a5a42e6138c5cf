// SPDX-License-Identifier: MIT

/// A database address as SQLAlchemy writes it.
package enum DatabaseURL: Hashable, Sendable {
  /// An absolute path, or one relative to the working directory.
  case sqlite(path: String)
  case postgres(PostgresAddress)

  /// Resolves `sqlite:///relative.db` against a directory; `sqlite:////absolute.db` stands for itself.
  ///
  /// What follows SQLite's question mark are settings of Python's driver, of no meaning here.
  package init(_ url: String, relativeTo directory: String) throws(SQLError) {
    if let end = url.firstRange(of: "://"), Self.isPostgres(url[..<end.lowerBound]) {
      self = .postgres(PostgresAddress(url[end.upperBound...]))
      return
    }
    let prefix = "sqlite:///"
    let name = url.dropFirst(prefix.count).prefix { $0 != "?" }
    guard url.hasPrefix(prefix), !name.isEmpty, name != ":memory:" else {
      throw .unsupported(url: Self.withoutPassword(url))
    }
    let isWhole = name.hasPrefix("/") || directory.isEmpty
    self = .sqlite(path: isWhole ? String(name) : "\(directory)/\(name)")
  }

  /// Whatever driver Python would use: `postgresql+psycopg2`.
  private static func isPostgres(_ scheme: Substring) -> Bool {
    ["postgresql", "postgres"].contains(scheme.prefix { $0 != "+" })
  }

  /// Errors are logged and published: the password of `user:password@host` must not be.
  static func withoutPassword(_ url: String) -> String {
    guard let at = url.lastIndex(of: "@"), let scheme = url.firstRange(of: "://"),
      let colon = url[scheme.upperBound..<at].firstIndex(of: ":")
    else { return url }
    return url[...colon] + "***" + url[at...]
  }
}
