// SPDX-License-Identifier: MIT

/// Where a Superset is reached: WEBDRIVER_BASEURL, `https://superset.example.com/`.
package struct WebAddress: Hashable, Sendable, CustomStringConvertible {
  /// Without a slash at its end.
  private let base: String

  /// Nil for what is no address of a web server, or has a password in it.
  package init?(_ text: String) {
    let schemes = ["http://", "https://"]
    guard let scheme = schemes.first(where: { text.lowercased().hasPrefix($0) }),
      text.utf8.count > scheme.utf8.count,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      // Nothing can follow a query; and a password would stand in every message.
      !text.contains(where: { "?#@".contains($0) })
    else { return nil }
    var base = text[...]
    while base.hasSuffix("/") { base.removeLast() }
    guard base.utf8.count >= scheme.utf8.count else { return nil }
    self.base = String(base)
  }

  /// Whether it is one that Flask-WTF asks for a Referer.
  package var isSecure: Bool { base.lowercased().hasPrefix("https:") }

  /// - Parameter path: begins with a slash; stands below whatever path the address itself has.
  package func url(_ path: String) -> String { base + path }

  package var description: String { base }
}
