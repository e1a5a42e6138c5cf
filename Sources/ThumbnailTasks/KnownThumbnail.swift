// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls
import TaskContract
import TaskRuntime

/// What the cache has under a thumbnail's key: the picture, or why there is none.
package enum KnownThumbnail {
  /// The path of the PNG.
  case picture(String)
  /// What became of the job that was to make it, its `.error`.
  case failure(JSONValue)

  /// How a PNG begins.
  private static let magic: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// A reason is a page of text at most.
  private static let reasonLimit = 1 << 16

  /// Nil where nothing is known, or nothing that this could be.
  init?(_ key: CacheKey, _ environment: TaskEnvironment) {
    guard let cache = ResultCache(environment),
      let path = cache.freshData(of: key, at: SystemClock.now()),
      let bytes = try? SystemFiles().contents(of: path, limit: Self.reasonLimit)
    else { return nil }
    if bytes.starts(with: Self.magic) {
      self = .picture(path)
    } else {
      guard let document = try? JSONValue(parsing: bytes), document["message"] != nil else {
        return nil
      }
      self = .failure(document)
    }
  }

  func output(_ members: JSONObject) -> TaskOutput {
    var members = members
    members["cached"] = true
    members["cache"] = []
    if case .failure(let reason) = self {
      members["status"] = "error"
      members["errors"] = reason["errors"] ?? [["message": reason["message"] ?? .null]]
      members["failed_at"] = reason["ended"] ?? .null
    }
    return TaskOutput(members)
  }
}
