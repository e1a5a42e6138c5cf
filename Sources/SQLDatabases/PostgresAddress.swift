// SPDX-License-Identifier: MIT

/// Where a PostgreSQL database is, and as whom one goes there: what stands in its URL.
package struct PostgresAddress: Hashable, Sendable {
  /// What Superset's `dbs.sqlalchemy_uri` has in the place of the password, which is kept apart.
  package static let maskedPassword = "XXXXXXXXXX"

  package private(set) var user: String?
  package var password: String?
  package private(set) var host: String?
  package private(set) var port: String?
  /// Of Superset's names, the catalog.
  package var database: String?
  /// What stands behind the question mark: libpq's own names, a socket's directory as `host` among them.
  package private(set) var options: [Option] = []

  package struct Option: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  /// - Parameter rest: what follows `://`. As SQLAlchemy 1.4 has it, names and passwords are percent-encoded, a database is not.
  init(_ rest: Substring) {
    var rest = rest
    if let question = rest.firstIndex(of: "?") {
      options = Self.options(rest[rest.index(after: question)...])
      rest = rest[..<question]
    }
    if let at = rest.firstIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = parts.first.flatMap { Self.filled($0).map(\.percentDecoded) }
      password = parts.count > 1 ? parts[1].percentDecoded : nil
      rest = rest[rest.index(after: at)...]
    }
    if let slash = rest.firstIndex(of: "/") {
      database = Self.filled(rest[rest.index(after: slash)...]).map(String.init)
      rest = rest[..<slash]
    }
    (host, port) = Self.place(rest)
  }

  /// Names and values for libpq; what the URL's end says goes before its middle.
  package var settings: [(name: String, value: String)] {
    let parts = [
      ("user", user), ("password", password), ("host", host), ("port", port),
      ("dbname", database),
    ]
    let own = parts.compactMap { name, value in value.map { (name: name, value: $0) } }
    let given = options.map { (name: $0.name, value: $0.value) }
    return own.filter { part in !given.contains { $0.name == part.name } } + given
  }

  /// For messages: never with the password.
  package var description: String {
    let server = options.first { $0.name == "host" }?.value ?? host ?? ""
    let place = server + (port.map { ":\($0)" } ?? "")
    return "postgresql://\(user.map { "\($0)@" } ?? "")\(place)/\(database ?? "")"
  }

  private static func filled(_ text: Substring) -> Substring? { text.isEmpty ? nil : text }

  /// `host`, `host:5432` or `[::1]:5432`.
  private static func place(_ text: Substring) -> (host: String?, port: String?) {
    if text.first == "[", let end = text.firstIndex(of: "]") {
      let host = text[text.index(after: text.startIndex)..<end]
      return (String(host), filled(text[end...].dropFirst(2)).map(String.init))
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let port = parts.count > 1 ? filled(parts[1]) : nil
    return (parts.first.flatMap(filled).map(String.init), port.map(String.init))
  }

  private static func options(_ query: Substring) -> [Option] {
    query.split(separator: "&").compactMap { part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[1].isEmpty else { return nil }
      let value = sides[1].replacing("+", with: " ")
      return Option(name: sides[0].percentDecoded, value: value[...].percentDecoded)
    }
  }
}

extension StringProtocol {
  /// RFC 3986: `%40` is an at sign; what is no such triple stays.
  var percentDecoded: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
