// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls
import TaskContract

/// What is known of a cached file; stands as JSON under ``CacheKey/entryPath``.
package struct CacheEntry: Hashable, Sendable {
  package let key: CacheKey
  package let queue: String
  package let job: String
  package let contentType: String
  package let bytes: Int
  /// Unix time.
  package let stored: Int
  /// Unix time; nil: never.
  package let expires: Int?

  package func isExpired(at now: Timestamp) -> Bool {
    expires.map { Double($0) <= now.seconds } ?? false
  }

  var document: JSONValue {
    [
      "key": .string(key.text), "queue": .string(queue), "job": .string(job),
      "content_type": .string(contentType), "bytes": .integer(bytes), "stored": .integer(stored),
      "expires": expires.map(JSONValue.integer) ?? .null,
    ]
  }
}

extension CacheEntry {
  /// A date beyond all that a request can ask for, and within what a ``Timestamp`` can hold.
  private static let latest = 9_000_000_000

  /// Nil for what no cache layer wrote, as a power cut may leave it.
  init?(parsing bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes),
      let key = document["key"]?.stringValue.flatMap(CacheKey.init),
      let queue = document["queue"]?.stringValue, let job = document["job"]?.stringValue,
      let contentType = document["content_type"]?.stringValue,
      let size = document["bytes"]?.integerValue, let stored = document["stored"]?.integerValue,
      let expires = document["expires"], expires.isNull || expires.integerValue != nil,
      (0...Self.latest).contains(expires.integerValue ?? 0)
    else { return nil }
    self.init(
      key: key, queue: queue, job: job, contentType: contentType, bytes: size, stored: stored,
      expires: expires.integerValue)
  }
}
