// SPDX-License-Identifier: MIT

/// Who serves an address: scheme, host and port, `https://superset.example.com`.
package struct WebOrigin: Hashable, Sendable, CustomStringConvertible {
  private let scheme: String
  private let host: String
  private let port: Int

  /// Nil for what is no address of a web server, or has a password in it.
  ///
  /// Strict: what Chromium would read otherwise than it stands there, as a backslash, is none.
  package init?(of url: String) {
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
      return nil
    }
    let lower = url.lowercased()
    guard let scheme = ["http", "https"].first(where: { lower.hasPrefix("\($0)://") }) else {
      return nil
    }
    let authority = lower.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
    guard !authority.isEmpty, !authority.contains("@"), !authority.contains("%") else {
      return nil
    }
    let isPlain = scheme == "http"
    guard let (host, port) = Self.parts(of: authority, usual: isPlain ? 80 : 443) else {
      return nil
    }
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  private static func parts(of authority: Substring, usual: Int) -> (String, Int)? {
    // The colons of an IPv6 address stand in brackets.
    let end = authority.lastIndex(of: "]").map { authority.index(after: $0) }
    let rest = authority[(end ?? authority.startIndex)...]
    guard let colon = rest.firstIndex(of: ":") else { return (String(authority), usual) }
    let digits = authority[authority.index(after: colon)...]
    guard colon > authority.startIndex, let port = Int(digits), (1...65_535).contains(port) else {
      return nil
    }
    return (String(authority[..<colon]), port)
  }

  package var description: String { "\(scheme)://\(host)\(isUsualPort ? "" : ":\(port)")" }

  private var isUsualPort: Bool { port == (scheme == "http" ? 80 : 443) }

  /// The path of an address, without query and fragment; `/` where there is none.
  static func path(of url: String) -> String {
    guard let slashes = url.firstRange(of: "://") else { return "/" }
    let path = url[slashes.upperBound...].drop { !"/?#".contains($0) }.prefix { !"?#".contains($0) }
    return path.isEmpty ? "/" : String(path)
  }

  /// An address as messages have it: what follows the path may be a secret.
  static func shown(_ url: String) -> String {
    let text = url.prefix { !"?#".contains($0) }
    // A page itself may be in the address.
    guard ["http", "ws"].contains(where: text.lowercased().hasPrefix) else {
      return String(text.prefix(40))
    }
    return text.count > 300 ? "\(text.prefix(300))..." : String(text)
  }
}
