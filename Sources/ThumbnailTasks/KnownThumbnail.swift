// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls
import TaskContract
import TaskRuntime

/// What the cache has under a thumbnail's key: the picture, or why there is none.
struct KnownThumbnail {
  /// How a PNG begins.
  private static let magic: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// A reason is a page of text at most.
  private static let reasonLimit = 1 << 16

  /// Nil: a picture.
  private let reason: JSONValue?

  /// Nil where nothing is known, or nothing that this could be.
  init?(_ key: CacheKey, _ context: TaskContext) {
    guard let cache = ResultCache(context.environment),
      let path = cache.freshData(of: key, at: SystemClock.now()),
      let bytes = try? SystemFiles().contents(of: path, limit: Self.reasonLimit)
    else { return nil }
    if bytes.starts(with: Self.magic) {
      reason = nil
    } else {
      guard let document = try? JSONValue(parsing: bytes), document["message"] != nil else {
        return nil
      }
      reason = document
    }
  }

  func output(_ members: JSONObject) -> TaskOutput {
    var members = members
    members["cached"] = true
    members["cache"] = []
    if let reason {
      members["status"] = "error"
      members["errors"] = reason["errors"] ?? [["message": reason["message"] ?? .null]]
      members["failed_at"] = reason["ended"] ?? .null
    }
    return TaskOutput(members)
  }
}
