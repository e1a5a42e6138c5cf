// SPDX-License-Identifier: MIT
import JSONValues

/// Which job was begun last under a `unique` key: the content of a file whose time is that of the beginning.
struct UniqueKey: Hashable {
  /// Bytes; a key is a part of a job, so that longer ones are possible, and stand for nobody.
  static let sizeLimit = 1 << 16

  /// The whole key: two may have one hash.
  let key: String
  let id: JobID

  init(key: String, id: JobID) {
    self.key = key
    self.id = id
  }

  /// Nil for a file that has just been made, and for what a power cut left.
  init?(parsing bytes: [UInt8]) {
    guard let document = try? JSONValue(parsing: bytes),
      let key = document["unique"]?.stringValue,
      let id = document["id"]?.stringValue.flatMap(JobID.init)
    else { return nil }
    self.init(key: key, id: id)
  }

  var bytes: [UInt8] {
    let document: JSONValue = ["unique": .string(key), "id": .string(id.text)]
    return document.bytes + [UInt8(ascii: "\n")]
  }
}
