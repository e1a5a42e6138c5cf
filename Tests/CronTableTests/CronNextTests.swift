// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// The filter `cron-next`, as it is called from a shell.
@Suite struct CronNextTests {
  private let shell = Shell(
    directory: "/", variables: ["NEXT=\(RunningProgram.path.parentPath)/cron-next"])

  private func output(_ arguments: String) -> String? { shell.run("$NEXT \(arguments)") }

  @Test func `it prints the next instants in UTC, one a line`() {
    #expect(
      output("'30 2 * * *' --tz Europe/Berlin --from 2027-03-27 -n 3")
        == "2027-03-27T01:30:00Z\n2027-03-28T01:00:00Z\n2027-03-29T00:30:00Z")
    #expect(
      output("--from=2027-01-01T00:00:00+01:00 -n 2 '@daily'")
        == "2027-01-01T00:00:00Z\n2027-01-02T00:00:00Z")
    #expect(output("-n 1 --from 2027-01-01 0 0 29 2 '*'") == "2028-02-29T00:00:00Z")
    #expect(
      output("--superset -n 1 --from 2027-01-01 '0 0 * * * 15'") == "2027-01-01T00:00:15Z")
    #expect(output("'* * * * *'")?.split(separator: "\n").count == 5)
    #expect(output("--help")?.hasPrefix("Usage: cron-next") == true)
  }

  @Test(arguments: [
    (
      "'61 * * * *'", 65,
      "unable to read '61 * * * *': minute '61': it is not a number from 0 to 59"
    ),
    ("'* * * * *' --tz Mars", 65, "unable to read '* * * * *': there is no time zone 'Mars'"),
    (
      "'*/5 2 * 3 L7' --tz Europe/Berlin --from 2027-01-01", 65,
      "'*/5 2 * 3 L7' is never due in this zone"
    ),
    ("", 64, "an expression is missing; see --help"),
    ("'* * * * *' -n", 64, "option -n needs a value"),
    ("'* * * * *' -n x", 64, "'x' is no count"),
    ("'* * * * *' --from now", 64, "'now' is no moment in ISO 8601"),
    ("'* * * * *' --zone UTC", 64, "unknown option --zone"),
  ])
  func `what is wrong is one line and an exit status`(
    _ arguments: String, _ status: Int, _ message: String
  ) {
    #expect(output("\(arguments); echo $?") == "cron-next: \(message)\n\(status)")
  }
}
