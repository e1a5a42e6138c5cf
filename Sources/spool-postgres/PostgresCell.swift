// SPDX-License-Identifier: MIT
import PostgresLink

/// One cell of a row as libpq gives it: text, and the type's number in pg_type.
struct PostgresCell {
  let type: UInt32
  /// Nil for NULL; borrowed from the result.
  let text: UnsafeRawBufferPointer?

  /// Puts it in the form that PostgresLink has for its kind.
  func append(to frame: inout FrameWriter) {
    let kind = text == nil ? CellKind.null : Self.kind(of: type)
    frame.append(kind.rawValue)
    guard let text else { return frame.append([]) }
    switch kind {
    case .boolean: frame.append([UInt8(ascii: text.first == 0x74 ? "1" : "0")])
    case .blob: frame.append(Self.bytes(ofHexadecimal: text))
    case .time: frame.append(Self.withoutZone(text))
    case .null, .integer, .real, .decimal, .text: frame.append(text)
    }
  }

  /// psycopg2 makes numbers, truth, bytes and times of these; everything else stays text.
  private static func kind(of type: UInt32) -> CellKind {
    switch type {
    case 16: .boolean
    case 17: .blob
    // int8, int2, int4, oid
    case 20, 21, 23, 26: .integer
    // float4, float8
    case 700, 701: .real
    // numeric
    case 1700: .decimal
    // date, timestamp, timestamptz
    case 1082, 1114, 1184: .time
    default: .text
    }
  }

  /// `\x00ff`, which `bytea_output = hex` makes of a bytea.
  private static func bytes(ofHexadecimal text: UnsafeRawBufferPointer) -> [UInt8] {
    let digits = text.dropFirst(2)
    return stride(from: digits.startIndex, to: digits.endIndex - 1, by: 2).map {
      digit(digits[$0]) << 4 | digit(digits[$0 + 1])
    }
  }

  private static func digit(_ character: UInt8) -> UInt8 {
    character < 0x3A ? character - 0x30 : (character | 0x20) - 0x57
  }

  /// Superset takes the clock's time in the session's zone, and forgets the zone.
  private static func withoutZone(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    // Behind the date's own two hyphens.
    let sign = text.dropFirst(11).firstIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return UnsafeRawBufferPointer(rebasing: text[..<(sign ?? text.endIndex)])
  }
}
