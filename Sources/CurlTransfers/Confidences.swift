// SPDX-License-Identifier: MIT

/// What a server is trusted with, and is told nobody, although a server may repeat it.
package struct Confidences: Hashable, Sendable {
  /// Characters; a message is read by people, and stands in a file with others.
  private static let toldLimit = 1_000
  /// What is shorter stands in any text.
  private static let shortest = 6

  private let secrets: [String]

  package init(_ secrets: [String]) {
    self.secrets = secrets.filter { $0.utf8.count >= Self.shortest }
      .sorted { $0.utf8.count > $1.utf8.count }
  }

  package func concealed(in text: String) -> String {
    secrets.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "***") : $0 }
  }

  /// A text for messages: short, and without what moves a terminal's cursor.
  package func told(_ text: String) -> String {
    // What is cut off must not be half of a secret.
    let longest = secrets.map(\.count).max() ?? 0
    let plain = concealed(in: String(text.prefix(Self.toldLimit + longest)))
    let told = plain.prefix(Self.toldLimit).unicodeScalars
      .filter { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" || $0 == "\t" }
    return String(String.UnicodeScalarView(told)) + (plain.count > Self.toldLimit ? "…" : "")
  }
}

extension HTTPRequest {
  /// What only the server may know: the values of the cookies and the token.
  package var confidences: [String] {
    let cookies = headers.values(of: "Cookie").flatMap { $0.split(separator: ";") }
      .map { String($0.drop { $0 != "=" }.dropFirst()) }
    let authorizations = headers.values(of: "Authorization")
    // Without its scheme it is as good: `Bearer TOKEN`.
    let tokens = authorizations.compactMap { $0.split(separator: " ").last.map(String.init) }
    return cookies + headers.values(of: "X-CSRF-Token") + authorizations + tokens
  }
}

extension HTTPAnswer {
  /// The body for messages and for JSON, whatever the bytes are.
  package var text: String {
    Confidences(confidences).concealed(in: String(decoding: body, as: UTF8.self))
  }

  /// A text of this answer for messages.
  package func told(_ text: String) -> String { Confidences(confidences).told(text) }
}
