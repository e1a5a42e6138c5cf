// SPDX-License-Identifier: MIT

/// What a file name may be: `A-Z a-z 0-9 . _ - + = , : @`, not beginning with `.` or `-`, at most 200 bytes.
package enum NameRule {
  /// Bytes; leaves room below the 255 of file systems for `.try12.json` and for hidden names beside it.
  package static let byteLimit = 200

  package enum Judgement: Hashable, Sendable {
    case accepted
    /// Something a producer is still busy with: it is left alone.
    case producersOwn
    case outside(reason: String)
  }

  /// Judges a name as it stands in a directory of incoming/.
  package static func judge(_ name: String) -> Judgement {
    if isProducersOwn(name) { return .producersOwn }
    if let reason = objection(to: name) { return .outside(reason: reason) }
    return .accepted
  }

  /// A hidden file, a back-up of an editor, or a file under way.
  package static func isProducersOwn(_ name: String) -> Bool {
    // By bytes: to Swift, a dot with an accent upon it is another character than a dot.
    name.utf8.first == UInt8(ascii: ".") || name.hasSuffix("~") || name.hasSuffix(".tmp")
      || name.hasSuffix(".part")
  }

  /// Why this can be no name of a job or queue, or nil.
  package static func objection(to name: String) -> String? {
    guard let first = name.utf8.first else { return "the name is empty" }
    if first == UInt8(ascii: ".") || first == UInt8(ascii: "-") {
      return "the name begins with '\(Character(Unicode.Scalar(first)))'"
    }
    guard name.utf8.count <= byteLimit else { return "the name is longer than \(byteLimit) bytes" }
    guard name.utf8.allSatisfy(isAllowed) else {
      return "the name has other characters than A-Z a-z 0-9 . _ - + = , : @"
    }
    return nil
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "._-+=,:@".utf8.contains(byte)
    }
  }
}
