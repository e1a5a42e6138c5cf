// SPDX-License-Identifier: MIT
import CronTable
import SpoolProtocol
import SystemCalls

/// The crontab of a spool as it was read: the lines that can be carried out, and those that cannot.
package struct LineSet: Sendable {
  package private(set) var lines: [ScheduledLine] = []
  package private(set) var badLines: [(number: Int, text: String, error: LineError)] = []

  /// How long a missed run is worth being made up for, where the crontab says nothing: as long as a restart or a repair
  /// takes, and less than would surprise.
  package static let defaultCatchUp = 3600

  package init() {}

  /// - Parameter localZone: where the crontab names none.
  package init(_ bytes: [UInt8], localZone: ZoneRules) {
    let crontab = Crontab(
      bytes, zones: Self.zones, localZone: localZone, catchUp: Self.defaultCatchUp)
    badLines = crontab.badLines.map { ($0.number, $0.text, .crontab($0.error)) }
    var numbers: [String: Int] = [:]
    for line in crontab.lines {
      do throws(LineError) {
        let scheduled = try ScheduledLine(line)
        if let first = numbers[scheduled.key] { throw .sameAs(line: first) }
        numbers[scheduled.key] = line.number
        lines.append(scheduled)
      } catch {
        let text = "\(line.schedule.expression.text) \(line.command)"
        badLines.append((line.number, text, error))
      }
    }
    badLines.sort { $0.number < $1.number }
  }

  private static let zones = TimeZones { ZoneInfo.bytes(of: $0) }

  /// The zone of this machine, or the one that `$TZ` names.
  ///
  /// - Throws: where that is no zone; nobody shall wonder why everything is hours late.
  package static func localZone(_ variable: String?) throws(CronError) -> ZoneRules {
    guard let (name, bytes) = ZoneInfo.local(variable) else {
      guard let variable, !variable.isEmpty, variable != ":" else { return .utc }
      return try zones.rules(of: variable)
    }
    return try TimeZones.rules(from: bytes, of: name)
  }
}
