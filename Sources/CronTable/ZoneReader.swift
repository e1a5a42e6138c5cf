// SPDX-License-Identifier: MIT

/// Reads TZif, RFC 9636: the format of /usr/share/zoneinfo.
struct ZoneReader {
  /// Why it is none.
  struct Flaw: Error { let reason: String }

  private struct Header {
    let version: UInt8
    let counts: [Int]
    var universalCount: Int { counts[0] }
    var standardCount: Int { counts[1] }
    var leapCount: Int { counts[2] }
    var timeCount: Int { counts[3] }
    var typeCount: Int { counts[4] }
    var characterCount: Int { counts[5] }

    /// The length of what follows, a time having so many bytes.
    func size(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4)
        + standardCount + universalCount
    }
  }

  private var rest: ArraySlice<UInt8>

  static func rules(from bytes: [UInt8]) throws(Flaw) -> ZoneRules {
    var reader = ZoneReader(rest: bytes[...])
    return try reader.rules()
  }

  private mutating func rules() throws(Flaw) -> ZoneRules {
    var header = try header()
    guard header.version >= UInt8(ascii: "2") else {
      let (first, changes) = try block(header, timeSize: 4)
      return ZoneRules(firstOffset: first, changes: changes, yearlyRule: nil)
    }
    // The first block is for readers of version 1.
    _ = try take(header.size(timeSize: 4))
    header = try self.header()
    var (first, changes) = try block(header, timeSize: 8)
    guard try take(1).first == UInt8(ascii: "\n"), let end = rest.firstIndex(of: UInt8(ascii: "\n"))
    else { throw Flaw(reason: "it has no last line") }
    let line = String(decoding: rest[..<end], as: UTF8.self)
    guard !line.isEmpty else {
      return ZoneRules(firstOffset: first, changes: changes, yearlyRule: nil)
    }
    guard let footer = ZoneFooter(line) else { throw Flaw(reason: "its last line is '\(line)'") }
    if footer.rule == nil, changes.isEmpty { first = footer.standardOffset }
    return ZoneRules(firstOffset: first, changes: changes, yearlyRule: footer.rule)
  }

  private mutating func header() throws(Flaw) -> Header {
    guard try take(4).elementsEqual("TZif".utf8) else { throw Flaw(reason: "it begins otherwise") }
    let version = try take(16).first ?? 0
    var counts: [Int] = []
    for _ in 0..<6 { counts.append(try number(4)) }
    // More is a mistake, and would only be read in vain.
    guard counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] > 0 else {
      throw Flaw(reason: "its counts cannot be")
    }
    guard counts[2] == 0 else { throw Flaw(reason: "it counts leap seconds") }
    return Header(version: version, counts: counts)
  }

  private mutating func block(
    _ header: Header, timeSize: Int
  ) throws(Flaw) -> (firstOffset: Int, changes: [ZoneRules.Change]) {
    var instants: [Int] = []
    for _ in 0..<header.timeCount { instants.append(try number(timeSize)) }
    let types = Array(try take(header.timeCount))
    var offsets: [Int] = []
    for _ in 0..<header.typeCount {
      offsets.append(try number(4))
      _ = try take(2)
    }
    guard types.allSatisfy({ $0 < offsets.count }), offsets.allSatisfy({ abs($0) < 100_000 }) else {
      throw Flaw(reason: "its offsets cannot be")
    }
    _ = try take(header.characterCount + header.standardCount + header.universalCount)
    let changes = zip(instants, types).map {
      ZoneRules.Change(instant: $0, offset: offsets[Int($1)])
    }
    return (offsets[0], changes)
  }

  /// Big-endian, with a sign.
  private mutating func number(_ size: Int) throws(Flaw) -> Int {
    let bits = try take(size).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 4 ? Int(Int32(truncatingIfNeeded: bits)) : Int(Int64(bitPattern: bits))
  }

  private mutating func take(_ count: Int) throws(Flaw) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw Flaw(reason: "it ends too early") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
