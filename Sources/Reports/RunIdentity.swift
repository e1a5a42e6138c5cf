// SPDX-License-Identifier: MIT

/// What tells a run from all others: a UUID, in its 32 hexadecimal digits.
package enum RunIdentity {
  /// The job's own id where it is a UUID, as those of Celery's clients are; else one made at random.
  package static func of(job: String?) -> String {
    job.flatMap(digits) ?? random()
  }

  /// The 32 digits of a UUID; nil for what is none.
  package static func digits(_ text: String) -> String? {
    let digits = text.lowercased().filter { $0 != "-" }
    let isUUID =
      digits.utf8.count == 32
      && digits.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return isUUID ? digits : nil
  }

  private static func random() -> String {
    var high = UInt64.random(in: 0...UInt64.max)
    var low = UInt64.random(in: 0...UInt64.max)
    // RFC 9562: version 4, variant 10.
    high = high & ~0xF000 | 0x4000
    low = low & ~(0b11 << 62) | 0b10 << 62
    return hex(high) + hex(low)
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
