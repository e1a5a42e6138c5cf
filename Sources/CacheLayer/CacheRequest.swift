// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract

/// One element of an outcome's `cache`: what shall be kept under a key.
struct CacheRequest: Hashable {
  /// Why an element is none.
  struct Refusal: Error, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Seconds, a hundred years: beyond, dates leave the range of nanoseconds in 64 bits (the year 2262).
  static let timeoutLimit = 100 * 366 * 86400

  let key: CacheKey
  /// A plain name in the directory of the result's files; of a failure the reason.
  let file: String
  /// Seconds; nil where the default holds, 0 for ever.
  let timeout: Int?
  let contentType: String

  init(_ document: JSONValue, of outcome: Outcome) throws(Refusal) {
    key = try Self.key(document)
    timeout = try Self.timeout(document["timeout"] ?? .null, of: key)
    switch outcome.kind {
    case .result:
      file = try Self.file(document, of: key)
      contentType = document["content_type"]?.stringValue ?? "application/octet-stream"
    case .failure: (file, contentType) = ("\(outcome.id).error", "application/json")
    }
  }

  private static func key(_ document: JSONValue) throws(Refusal) -> CacheKey {
    guard let text = document["key"]?.stringValue else { throw Refusal("it has no key") }
    guard let key = CacheKey(text) else { throw Refusal("its key is empty or too long") }
    return key
  }

  private static func file(_ document: JSONValue, of key: CacheKey) throws(Refusal) -> String {
    guard let file = document["file"]?.stringValue else { throw Refusal("\(key) has no file") }
    guard isPlain(file) else { throw Refusal("the file of \(key) is no plain name") }
    return file
  }

  private static func timeout(_ value: JSONValue, of key: CacheKey) throws(Refusal) -> Int? {
    if value.isNull { return nil }
    guard let seconds = value.integerValue, (0...timeoutLimit).contains(seconds) else {
      throw Refusal("the timeout of \(key) is no number of seconds")
    }
    return seconds
  }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 255
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
  }
}
