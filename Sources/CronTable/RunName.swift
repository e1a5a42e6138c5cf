// SPDX-License-Identifier: MIT

/// The id of the job that a line of a crontab asks for at one instant: `cron-81d0a31bf04c-20261125T003000Z`.
///
/// The same line and the same instant make the same name wherever and however often they are asked. A task can read from
/// it (`SPOOL_JOB_ID`) which run it is.
package struct RunName: Hashable, Sendable, CustomStringConvertible {
  /// What tells a line from the others: twelve hexadecimal digits.
  package let key: String
  /// Unix time at which the run was due.
  package let instant: Int

  /// - Parameter line: everything of the line that makes its runs what they are.
  package init(line: String, instant: Int) {
    self.init(key: Self.key(of: line), instant: instant)
  }

  package init(key: String, instant: Int) {
    self.key = key
    self.instant = instant
  }

  /// Nil for every other name.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "cron", Self.isKey(parts[1]),
      let instant = InstantText.instant(basic: parts[2])
    else { return nil }
    self.init(key: String(parts[1]), instant: instant)
  }

  package var description: String { "cron-\(key)-\(InstantText.basic(instant))" }

  package static let keyLength = 12

  /// FNV-1a, of which 48 bits are enough: lines of one crontab are told apart, nothing is secured.
  package static func key(of line: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String((hash ^ hash >> 48) & 0xffff_ffff_ffff, radix: 16)
    return String(repeating: "0", count: keyLength - digits.count) + digits
  }

  package static func isKey(_ text: some StringProtocol) -> Bool {
    text.utf8.count == keyLength
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
