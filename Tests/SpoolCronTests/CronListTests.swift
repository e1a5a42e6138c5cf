// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// `spool cron ls`.
@Suite struct CronListTests {
  private func list(_ clock: ClockSpool) -> (status: String, lines: [[String]]) {
    let program = RunningProgram.path.parentPath + "/spool"
    let output = clock.spool.run("TZ=UTC \(program) cron ls; echo $?") ?? ""
    let lines = output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    return (lines.last?.first ?? "", lines.dropLast())
  }

  @Test func `it shows each line with its last and next run`() throws {
    let clock = try ClockSpool(
      "CRON_TZ=Europe/Berlin\n# daily\n0 12 1 1 * q\n" + "CRON_TZ=UTC * * * * * * q {\"b\": 1}\n")
    let before = list(clock)
    #expect(before.status == "0")
    #expect(before.lines[0].prefix(6) == ["LINE", "QUEUE", "EXPRESSION", "ZONE", "LAST", "NEXT"])
    #expect(
      before.lines[1].prefix(9) == ["3", "q", "0", "12", "1", "1", "*", "Europe/Berlin", "-"])
    #expect(before.lines[1].last?.hasSuffix("-01-01T11:00:00Z") == true)
    #expect(before.lines[2][9] == "-")
    #expect(
      before.lines.last?.joined(separator: " ") == "no spool-cron is running: nothing is dropped")
    try clock.start()
    #expect(clock.spool.waits { !clock.jobs.isEmpty && clock.messages.contains("dropped") })
    let during = list(clock)
    #expect(during.lines[2][9].hasSuffix("Z") && during.lines[2][10].hasSuffix("Z"))
    #expect(during.lines[2][9] < during.lines[2][10])
    #expect(during.lines.last == ["spool-cron", "is", "running"])
    #expect(clock.end() == .exited(0))
  }

  @Test func `what is wrong with a line is shown, and the exit status tells`() throws {
    let clock = try ClockSpool("0 0 * * * q\n61 * * * * q\n0 0 * * * nosuch\n")
    let (status, lines) = list(clock)
    #expect(status == "1")
    #expect(lines.map(\.first) == ["LINE", "1", "2", "3", "no"])
    #expect(
      lines[2].joined(separator: " ").hasSuffix("minute '61': it is not a number from 0 to 59"))
    #expect(lines[3].joined(separator: " ").contains("there is no queue nosuch"))
    try clock.spool.put("0 0 * * * q\n", at: "crontab")
    #expect(list(clock).status == "0")
    clock.spool.run("rm crontab")
    #expect(list(clock).status == "0")
  }
}
