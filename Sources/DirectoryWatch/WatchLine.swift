// SPDX-License-Identifier: MIT
import SystemCalls

/// One line of what spool-watch prints; spool-watch(1).
enum WatchLine: Hashable {
  case event(directory: String, name: String)
  case ready
  case watching(directory: String)
  case failed(directory: String, reason: String)
  case gone(directory: String)
  case overflow
  case broken(reason: String)

  /// Nil for what no spool-watch prints.
  init?(_ line: some Collection<UInt8>) {
    let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
    let rest = parts.count == 2 ? Self.unescaped(parts[1]) : []
    switch parts.first.map({ String(decoding: $0, as: UTF8.self) }) {
    case "CREATE", "CLOSE_WRITE", "MOVED_TO", "ATTRIB", "DELETE":
      guard let slash = rest.lastIndex(of: UInt8(ascii: "/")) else { return nil }
      self = .event(
        directory: PathText.decode(slash == 0 ? rest[...slash] : rest[..<slash]),
        name: PathText.decode(rest[(slash + 1)...]))
    case "READY": self = .ready
    case "WATCHING": self = .watching(directory: PathText.decode(rest))
    case "FAILED":
      let text = PathText.decode(rest)
      guard let (directory, reason) = Self.splitAtLastColon(text) else { return nil }
      self = .failed(directory: directory, reason: reason)
    case "GONE": self = .gone(directory: PathText.decode(rest))
    case "OVERFLOW": self = .overflow
    case "BROKEN": self = .broken(reason: PathText.decode(rest))
    default: return nil
    }
  }

  /// The text as spool-watch reads it: every byte that could end or blur a line written `\ooo`.
  static func escaped(_ text: String) -> [UInt8] {
    PathText.bytes(of: text).flatMap { byte -> [UInt8] in
      let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\\")
      if isPlain { return [byte] }
      let digits = String(byte, radix: 8)
      return Array(("\\" + String(repeating: "0", count: 3 - digits.count) + digits).utf8)
    }
  }

  private static func unescaped(_ text: some Collection<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// The reason is a text of strerror(3), where no colon stands; a directory's name may have one.
  private static func splitAtLastColon(_ text: String) -> (String, String)? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...].dropFirst()))
  }
}
