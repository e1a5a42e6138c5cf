// SPDX-License-Identifier: MIT

/// Headers in their order; names are compared without regard to case.
package struct HTTPHeaders: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: String

    fileprivate var isSound: Bool {
      !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
        && value.utf8.allSatisfy { $0 != 0x0A && $0 != 0x0D && $0 != 0 }
    }

    /// Whether it says where a request ends, or what becomes of the connection: that is the client's, and another one
    /// would make the rest of this request the beginning of the next.
    package var frames: Bool {
      let names: Set = [
        "connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
      ]
      return names.contains(name.lowercased())
    }
  }

  package private(set) var fields: [Field] = []

  package init(_ fields: [(String, String)] = []) {
    for (name, value) in fields { append(name, value) }
  }

  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// The first field of this name; set, the only one.
  package subscript(name: String) -> String? {
    get { values(of: name).first }
    set {
      fields.removeAll { $0.name.lowercased() == name.lowercased() }
      if let newValue { append(name, newValue) }
    }
  }

  package func values(of name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  /// Whether all can be sent: a line break in one would be another header.
  package var areSound: Bool { fields.allSatisfy(\.isSound) }
}

// MARK: cookies

extension HTTPHeaders {
  /// The value of a cookie that this answer sets; the last one where it sets several, and none that could not be sent back.
  package func setCookie(_ name: String) -> String? {
    fields.filter { $0.name.lowercased() == "set-cookie" && $0.isSound }
      .compactMap { Self.cookie(name, in: $0.value) }.last
  }

  /// Puts a cookie among those that a request sends, in the place of an older one.
  package mutating func send(cookie name: String, _ value: String) {
    let others = (self["Cookie"] ?? "").split(separator: ";")
      .map { $0.drop { $0 == " " } }
      .filter { !$0.isEmpty && !$0.hasPrefix("\(name)=") }
    self["Cookie"] = (others.map(String.init) + ["\(name)=\(value)"]).joined(separator: "; ")
  }

  private static func cookie(_ name: String, in field: String) -> String? {
    let pair = field.prefix { $0 != ";" }
    guard pair.hasPrefix("\(name)=") else { return nil }
    return String(pair.dropFirst(name.count + 1))
  }
}
