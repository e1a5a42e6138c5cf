// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Groups: jobs whose ids begin with one name, and nothing else.
struct GroupTests {
  @Test func `members are submitted under the group's name and waited for together`() throws {
    let spool = try TestSpool(["one": "exec cat", "two": "exec cat"])
    try spool.start()
    let first = try spool.command("submit", "one", "--group", "G", input: "{}")
    #expect(first.output.hasPrefix("G+20"), "\(first)")
    let step = #"{"task":"one","then":[{"task":"two"}]}"#
    let second = try spool.command("submit", "one", "--group", "G", "--id", "x", input: step)
    #expect(second.output == "G+x\n")
    try spool.put("{}", at: "incoming/one/Gone.json")
    try spool.put(#"{"task":"two"}"#, at: "incoming/G+y.json")
    let run = try spool.command("wait", "--group", "G", "--timeout", "30")
    #expect(run.status == 0, "\(run)")
    #expect(run.output.hasSuffix("4 of 4 done\n"), "\(run)")
    #expect(spool.names(in: "results/two") == ["G+x+1.json", "G+y.json"])
  }

  @Test func `what failed is printed, and the first failure's exit status is the command's`() throws
  {
    let spool = try TestSpool(["fail": "echo why >&2; exit 9", "echo": "exec cat"])
    try spool.start()
    try spool.put("{}", at: "incoming/fail/G+b.json")
    #expect(spool.waits(for: "errors/fail/G+b.json"))
    try spool.put("{}", at: "incoming/echo/G+c.json")
    try spool.put("[1]", at: "incoming/echo/G+d.json")
    let run = try spool.command("wait", "--group", "G", "--timeout", "30")
    #expect(run.status == 9, "\(run)")
    #expect(run.complaints.contains("spool: G+b of fail failed: why\n"), "\(run)")
    #expect(run.complaints.contains("spool: G+d of echo failed: unable to run G+d: JSON, but not"))
    #expect(run.output.hasSuffix("1 of 3 done, 2 failed\n"))
  }

  @Test func `held members are told and not waited for, removed ones are told`() throws {
    let spool = try TestSpool(["slow": "touch $SPOOL/tmp/began; sleep 60; cat", "echo": "exec cat"])
    try spool.start()
    spool.run("mkdir -p hold/echo; echo '{}' > hold/echo/G+held.json")
    try spool.put("{}", at: "incoming/echo/G+a.json")
    let held = try spool.command("wait", "--group", "G", "--timeout", "30")
    #expect(held.output.hasSuffix("1 of 2 done, 1 held\n"), "\(held)")
    #expect(held.complaints == "spool: 1 are held, and are not waited for\n")
    #expect(held.status == 75)
    spool.run("mv hold/echo/G+held.json incoming/echo/")
    try spool.put("{}", at: "incoming/slow/G+gone.json")
    #expect(spool.waits(for: "tmp/began"))
    #expect(try spool.command("wait", "--group", "G", "--timeout", "0.5").status == 75)
    // Removed while it is waited for.
    let remove = spool.run(
      "(sleep 2; rm active/slow@1/G+gone.json) & \(RunningProgram.path.parentPath)/spool wait --group G || echo $?"
    )
    #expect(
      remove?.contains("spool: G+gone of slow has been removed\n66") == true, "\(remove ?? "")")
  }

  @Test func `a group of nobody is told`() throws {
    let spool = try TestSpool()
    try spool.put("{}", at: "incoming/echo/G.json")
    let run = try spool.command("wait", "--group", "G")
    #expect(
      run.complaints == "spool: unable to find a job of G: none is in any state of any queue\n")
    #expect(run.status == 66)
    #expect(try spool.command("wait", "G", "--group", "G").status == 64)
    #expect(try spool.command("wait").status == 64)
  }

  @Test func `on a terminal a bar is drawn over itself`() throws {
    let spool = try TestSpool()
    spool.run(
      "mkdir -p results/echo; echo '{}' | tee results/echo/G+1.json > results/echo/G+2.json")
    let spoolCommand = "\(RunningProgram.path.parentPath)/spool wait --group G"
    let output = try #require(spool.run("script -qec '\(spoolCommand)' /dev/null"))
    #expect(output == "\r[##############################] 2 of 2 done\u{1B}[K\r\n")
  }
}
