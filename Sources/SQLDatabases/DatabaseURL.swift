// SPDX-License-Identifier: MIT

/// A database address as SQLAlchemy writes it.
package struct DatabaseURL: Hashable, Sendable {
  /// An absolute path, or one relative to the working directory.
  package let path: String

  /// Resolves `sqlite:///relative.db` against a directory; `sqlite:////absolute.db` stands for itself.
  ///
  /// What follows a question mark are settings of Python's driver, of no meaning here.
  package init(_ url: String, relativeTo directory: String) throws(SQLError) {
    let prefix = "sqlite:///"
    let name = url.dropFirst(prefix.count).prefix { $0 != "?" }
    guard url.hasPrefix(prefix), !name.isEmpty, name != ":memory:" else {
      throw .unsupported(url: Self.withoutPassword(url))
    }
    path = name.hasPrefix("/") || directory.isEmpty ? String(name) : "\(directory)/\(name)"
  }

  /// Errors are logged and published: the password of `user:password@host` must not be.
  static func withoutPassword(_ url: String) -> String {
    guard let at = url.lastIndex(of: "@"), let scheme = url.firstRange(of: "://"),
      let colon = url[scheme.upperBound..<at].firstIndex(of: ":")
    else { return url }
    return url[...colon] + "***" + url[at...]
  }
}
