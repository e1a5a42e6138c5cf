// SPDX-License-Identifier: MIT
import CronTable
import SpoolTesting
import SystemCalls
import Testing

/// The same instants as croniter's, of which Superset makes its schedules.
///
/// Needs PyPI; where that is out of reach it says so and proves nothing.
@Suite struct CroniterTests {
  private static let script = #filePath.parentPath + "/comparison/compare.py"
  private static let zones = TimeZones { ZoneInfo.bytes(of: $0) }

  /// A directory with this croniter in an environment of Python's.
  private func environment(_ version: String) throws -> (TemporaryDirectory, Shell)? {
    let directory = try TemporaryDirectory("croniter")
    let shell = Shell(directory: directory.path)
    let needs = "croniter==\(version) tzdata pytz python-dateutil"
    let install = """
      python3 -m venv env && timeout 50 env/bin/pip install -q --retries 1 \
        --disable-pip-version-check \(needs)
      """
    guard shell.run(install) != nil else {
      print("SKIPPED: comparison with croniter \(version): it could not be had from PyPI")
      return nil
    }
    return (directory, shell)
  }

  /// What we say to a case: the instant after it and the one before it.
  private func answer(_ line: Substring) throws -> String {
    let parts = line.split(separator: "\t").map(String.init)
    let instant = try #require(Int(parts[3]))
    do throws(CronError) {
      let schedule = CronSchedule(
        try CronExpression(parts[1], parts[0] == "superset" ? .superset : .crontab),
        in: try Self.zones.rules(of: parts[2]))
      let both = [schedule.next(after: instant), schedule.previous(before: instant)]
      return both.map { $0.map(String.init) ?? "none" }.joined(separator: "\t")
    } catch {
      return "error\terror"
    }
  }

  @Test(arguments: [
    // The newest, and the one that Superset 4.1 pins.
    ("7.0.0", [1, 2, 3, 4]), ("2.0.5", [5]),
  ])
  func `next and previous instants are croniter's, or what the rule for changed clocks says`(
    _ version: String, _ seeds: [Int]
  ) throws {
    guard let (directory, shell) = try environment(version) else { return }
    let python = "env/bin/python '\(Self.script)'"
    let count = 5000
    for seed in seeds {
      try #require(shell.run("\(python) generate \(seed) \(count) > cases") != nil)
      let cases = try directory.read("cases").split(separator: "\n")
      #expect(cases.count == count)
      let answers = try cases.map { "\($0)\t\(try answer($0))" }
      try directory.write(answers.joined(separator: "\n") + "\n", to: "answers")
      let report = try #require(shell.run("\(python) judge < answers"))
      #expect(report.hasSuffix(" 0 wrong"), "\(report)")
      #expect(report.contains(": \(2 * count) instants"))
      print(report)
    }
  }
}
