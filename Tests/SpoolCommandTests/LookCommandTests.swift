// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// Commands that only look: status --json, shape, top.
struct LookCommandTests {
  private func cells(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  @Test func `status --json says what the table says`() throws {
    let spool = try TestSpool(queues: ["a", "bb"])
    try #require(
      spool.run(
        """
        mkdir -p {deferred,errors,hold}/a active/a@1
        for n in 1 2 3; do echo '{}' > incoming/a/$n.json; done
        echo '{}' | tee deferred/a/4.json hold/a/{5,6}.json errors/a/7.json > active/a@1/8.json
        echo -n '{' > incoming/a/half.json; echo 'no room' > incoming/bb/.paused
        """) != nil)
    let document = try JSONValue(parsing: Array(spool.command("status", "--json").output.utf8))
    let queues = try #require(document["queues"]?.arrayValue)
    #expect(document["dispatcher"] == false)
    let members = ["waiting", "deferred", "active", "held", "failed"]
    for (queue, row) in zip(queues, cells(try spool.command("status").output).dropFirst()) {
      let counts = members.map { queue[$0]?.integerValue.map(String.init) }
      #expect([queue["queue"]?.stringValue] + counts == row.prefix(6).map { $0 })
    }
    #expect(queues[0]["incomplete"] == 1)
    #expect(queues[0]["oldest"]?.stringValue != nil && queues[0]["paused"] == .null)
    #expect(queues[1]["paused"] == "no room" && queues[1]["oldest"] == .null)
  }

  @Test func `shape puts each job into the column of its age`() throws {
    let spool = try TestSpool(queues: ["a", "b"])
    try #require(
      spool.run(
        """
        mkdir -p deferred/{a,b} active/b@1
        for age in 0 4 5 19 1279 1280 9999; do
          echo '{}' > incoming/a/$age.json; touch -d "-$age minutes -5 seconds" incoming/a/$age.json
        done
        echo '{}' > active/b@1/x.json; touch -d '-50 minutes' active/b@1/x.json
        for due in -9 1 30; do
          echo '{}' > deferred/b/d$due.json; touch -d "$due minutes 30 seconds" deferred/b/d$due.json
        done
        touch -d '+1 hour' incoming/a/0.json
        """) != nil)
    let rows = cells(try spool.command("shape").output)
    #expect(
      rows[0] == ["T", "5", "10", "20", "40", "80", "160", "320", "640", "1280", "1280+"])
    #expect(rows[1] == ["TOTAL", "11", "5", "1", "1", "0", "1", "0", "0", "0", "1", "2"])
    #expect(rows[2] == ["a", "7", "2", "1", "1", "0", "0", "0", "0", "0", "1", "2"])
    #expect(rows[3] == ["b", "4", "3", "0", "0", "0", "1", "0", "0", "0", "0", "0"])
    let due = cells(try spool.command("shape", "--due").output)
    #expect(due[3] == ["b", "3", "2", "0", "0", "1", "0", "0", "0", "0", "0", "0"])
    let active = cells(try spool.command("shape", "active").output)
    #expect(active[1].prefix(2) == ["TOTAL", "1"])
    let wrong = try spool.command("shape", "errors")
    #expect(wrong.complaints.hasPrefix("spool: unable to count 'errors'"))
    #expect(wrong.status == 64)
  }

  /// Two jobs of one worker's folder begin one after the other; the first tells how far it is.
  private func working() throws -> TestSpool {
    let spool = try TestSpool(
      ["work": "cp $SPOOL/tmp/progress .; touch $SPOOL/tmp/began; sleep 60; echo {}"])
    try spool.put(#"{"done": 3, "total": 10}"#, at: "tmp/progress")
    try spool.start()
    try spool.put("{}", at: "incoming/work/first.try2.json")
    try #require(spool.waits(for: "tmp/began"))
    return spool
  }

  @Test func `top shows each queue and what runs with its age, attempt and progress`() throws {
    let spool = try working()
    try #require(
      spool.run("mkdir -p errors/work; touch errors/work/e.json incoming/work/.paused") != nil)
    let run = try spool.command("top", "--once")
    let rows = cells(run.output)
    #expect(run.status == 0)
    #expect(rows[0].first == spool.root && rows[0].suffix(2) == ["spoold", "runs"])
    #expect(rows[1].prefix(5) == ["QUEUE", "WAITING", "DEFERRED", "ACTIVE", "FAILED"])
    #expect(rows[2] == ["work", "0", "0", "1", "1", "paused"])
    let job = try #require(rows.last)
    #expect(job.count == 6 && job.prefix(3) == ["work@1", "first", "2"])
    #expect(job[3].hasSuffix("s") && job.suffix(2) == ["3/10", "30%"])
    // Where standard output is no terminal, once is enough.
    #expect(cells(try spool.command("top").output).count == rows.count)
  }

  @Test(arguments: [
    "not JSON", "[]", #"{"done": "x"}"#, #"{"done": 1e999}"#, "", "{\"done\": 1, \"total\": 0",
  ])
  func `a progress that is none is shown as none`(_ progress: String) throws {
    let spool = try TestSpool()
    try #require(spool.run("mkdir -p active/echo@1/a; echo '{}' > active/echo@1/a.json") != nil)
    try spool.put(progress, at: "active/echo@1/a/progress")
    #expect(cells(try spool.command("top", "--once").output).last?.last == "-")
    // Nor does one that never ends keep anybody waiting.
    try #require(spool.run("rm active/echo@1/a/progress; mkfifo active/echo@1/a/progress") != nil)
    #expect(cells(try spool.command("top", "--once").output).last?.last == "-")
  }

  /// Runs `spool top` on a terminal of its own, drops a job, and ends it once that was drawn.
  private static let terminal = """
    import fcntl, os, pty, re, subprocess, sys, termios
    screen, own = pty.openpty()
    before = termios.tcgetattr(own)
    def begin():
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    top = subprocess.Popen([sys.argv[1], 'top'], stdin=own, stdout=own, preexec_fn=begin)
    def until(text):
        seen = b''
        while not re.search(text, seen): seen += os.read(screen, 4096)
    until(b'echo +0 ')
    open('incoming/echo/a.json', 'w').write('{}')
    until(b'echo +1 ')
    os.write(screen, sys.argv[2].encode('latin1').decode('unicode_escape').encode())
    status = top.wait()
    until(b'1049l')
    assert termios.tcgetattr(own) == before
    print('status', status)
    """

  @Test(arguments: ["q", "\\x03", "\\x04q"])
  func `top on a terminal redraws, ends on its keys and leaves the terminal as it was`(
    _ key: String
  ) throws {
    let spool = try TestSpool()
    try spool.put(Self.terminal, at: "tmp/terminal.py")
    let program = RunningProgram.path.parentPath + "/spool"
    #expect(spool.run("python3 tmp/terminal.py \(program) '\(key)'") == "status 0")
  }
}
