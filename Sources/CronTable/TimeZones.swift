// SPDX-License-Identifier: MIT

/// Time zones by their names; where their rules come from is the caller's business.
package struct TimeZones: Sendable {
  private let bytes: @Sendable (String) -> [UInt8]?

  /// - Parameter bytes: the content of the zone's TZif file; nil where there is no such zone.
  package init(bytes: @escaping @Sendable (_ name: String) -> [UInt8]?) { self.bytes = bytes }

  /// The rules of `Europe/Berlin`; UTC needs no file.
  package func rules(of name: String) throws(CronError) -> ZoneRules {
    if name == "UTC" { return .utc }
    // A name is no way out of the directory of zones.
    let isName = !name.isEmpty && !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
    guard isName, let bytes = bytes(name) else { throw .noSuchZone(name) }
    return try Self.rules(from: bytes, of: name)
  }

  /// The rules that a TZif file holds.
  package static func rules(
    from bytes: [UInt8], of name: String
  ) throws(CronError) -> ZoneRules {
    do { return try ZoneReader.rules(from: bytes) } catch {
      throw .badZone(name, reason: error.reason)
    }
  }
}
