// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

struct SubmitTests {
  @Test func `the id is printed and the job waits under it, byte for byte`() throws {
    let spool = try TestSpool()
    let job = #"{ "a": [1, 2] }"#
    let run = try spool.command("submit", "echo", input: job)
    let id = String(run.output.dropLast())
    #expect(run.status == 0)
    #expect(run.complaints == "")
    #expect(spool.names(in: "incoming/echo") == ["\(id).json"])
    #expect(spool.read("incoming/echo/\(id).json") == job)
  }

  @Test func `a file is taken under the id that is given`() throws {
    let spool = try TestSpool()
    try spool.put(#"{"from":"file"}"#, at: "tmp/job.json")
    let run = try spool.command("submit", "echo", "tmp/job.json", "--id", "mine")
    #expect(run.output == "mine\n")
    #expect(spool.read("incoming/echo/mine.json") == #"{"from":"file"}"#)
  }

  @Test(arguments: [
    ("[1]", "JSON, but not an object", 65), ("", "truncated: the JSON ends too early", 65),
    (#"{"a":"#, "truncated", 65), ("nonsense", "not JSON at byte 1", 65),
    (#"{"task":"other"}"#, "the envelope's task is other", 65),
    (#"{"task":"echo","eta":"soon"}"#, "the envelope's member 'eta' is not a moment", 65),
    (#"{"text":"0123456789012345678901234567890123456789"}"#, "larger than the limit of 40", 65),
  ])
  func `what would be no job is refused at once, and nothing is left`(
    _ job: String, _ reason: String, _ status: Int32
  ) throws {
    let spool = try TestSpool(configuration: "[intake]\nsize_limit = 40\n")
    let run = try spool.command("submit", "echo", input: job)
    #expect(run.complaints.hasPrefix("spool: unable to submit "))
    #expect(run.complaints.contains(reason), "\(run.complaints)")
    #expect(run.status == status)
    #expect(run.output == "")
    #expect(spool.run("ls -A incoming/echo") == "")
  }

  @Test func `an id that is taken and a queue that is not there are refused`() throws {
    let spool = try TestSpool()
    try spool.put("{}", at: "results/taken.json")
    try #require(spool.run("mkdir results/echo && mv results/taken.json results/echo/") != nil)
    #expect(try spool.command("submit", "echo", "--id", "taken", input: "{}").status != 0)
    #expect(try spool.command("submit", "echo", "--id", "a/b", input: "{}").status == 64)
    #expect(try spool.command("submit", "nothing", input: "{}").status == 66)
    #expect(spool.names(in: "incoming/echo").isEmpty)
  }

  @Test func `with --wait the result is printed`() throws {
    let spool = try TestSpool()
    try spool.start()
    let run = try spool.command("submit", "echo", "--wait", "--timeout", "30", input: #"{"a":1}"#)
    #expect(run.output == #"{"a":1}"#)
    #expect(run.status == 0)
  }

  @Test(arguments: [
    ("echo no such chart >&2; exit 65", 65, "no such chart"), ("exit 9", 9, "exit status 9"),
    ("kill -SEGV $$", 139, "SIGSEGV"),
  ])
  func `with --wait a failed job's exit status becomes the command's`(
    _ script: String, _ status: Int32, _ reason: String
  ) throws {
    let spool = try TestSpool(
      ["fail": script], configuration: "[defaults]\ntries = 1\ncrash_limit = 1\n")
    try spool.start()
    let run = try spool.command("submit", "fail", "--wait", "--timeout", "30", input: "{}")
    #expect(run.status == status, "\(run)")
    #expect(run.complaints.contains(reason))
    #expect(run.output == "")
  }

  @Test func `waiting without a dispatcher is said, and ends with the patience`() throws {
    let spool = try TestSpool()
    let run = try spool.command(
      "submit", "echo", "--id", "a", "--wait", "--timeout", "0.2", input: "{}")
    #expect(run.complaints.hasPrefix("spool: no spoold runs: the job waits for one\n"))
    #expect(run.complaints.contains("unable to wait longer for a"))
    #expect(run.status == 75)
    #expect(spool.exists("incoming/echo/a.json"))
  }
}
