// SPDX-License-Identifier: MIT

extension HTTPRequest {
  /// What only the server may know: the values of the cookies and the token.
  var confidences: [String] {
    let cookies = headers.values(of: "Cookie").flatMap { $0.split(separator: ";") }
      .map { String($0.drop { $0 != "=" }.dropFirst()) }
    return cookies + headers.values(of: "X-CSRF-Token") + headers.values(of: "Authorization")
  }
}

// MARK: what is told of an answer

extension HTTPAnswer {
  /// Characters; a message is read by people, and stands in a file with others.
  private static let toldLimit = 1_000
  /// What is shorter stands in any text.
  private static let shortestConfidence = 6

  /// A text of this answer for messages: short, without what moves a terminal's cursor, and without what a server that
  /// repeats its requests has been trusted with.
  func told(_ text: String) -> String {
    // What is cut off must not be half of a secret.
    let longest = confidences.map(\.count).max() ?? 0
    let plain = concealed(String(text.prefix(Self.toldLimit + longest)))
    let told = plain.prefix(Self.toldLimit).unicodeScalars
      .filter { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" || $0 == "\t" }
    return String(String.UnicodeScalarView(told)) + (plain.count > Self.toldLimit ? "…" : "")
  }

  func concealed(_ text: String) -> String {
    confidences.filter { $0.utf8.count >= Self.shortestConfidence }
      .sorted { $0.utf8.count > $1.utf8.count }
      .reduce(text) { $0.contains($1) ? $0.replacing($1, with: "***") : $0 }
  }
}
