// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
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

  @Test func `options in Celery's words make a bare job an envelope, its arguments untouched`()
    throws
  {
    let spool = try TestSpool()
    try spool.put(#"[{"task":"echo"},{"task":"echo","id":"last"}]"#, at: "tmp/steps.json")
    try spool.put(#"{"task":"echo"}"#, at: "tmp/step.json")
    let run = try spool.command(
      "submit", "echo", "--id", "a", "--priority", "9", "--retries", "2", "--unique", "k",
      "--expires", "60", "--eta", "2030-01-02T03:04:05Z", "--then", "tmp/steps.json",
      "--then", "tmp/step.json", input: "{ \"n\": 1.00000000000000000001 }\n")
    #expect(run.status == 0, "\(run)")
    #expect(
      spool.read("incoming/echo/a.json") == #"""
        {"task":"echo","priority":9,"retries":2,"eta":"2030-01-02T03:04:05Z","expires":60,\#
        "unique":"k","then":[{"task":"echo"},{"task":"echo","id":"last"},{"task":"echo"}],\#
        "kwargs":{ "n": 1.00000000000000000001 }
        }
        """#)
  }

  @Test func `options go before what an envelope says, steps are added to its own`() throws {
    let spool = try TestSpool()
    try spool.put(#"{"task":"echo","id":"b"}"#, at: "tmp/step.json")
    let run = try spool.command(
      "submit", "echo", "--priority", "0", "--then", "tmp/step.json",
      input: #"{"task":"echo","id":"a","priority":5,"then":[{"task":"x"}],"kwargs":{"n":1}}"#)
    #expect(run.output == "a\n")
    #expect(
      spool.read("incoming/echo/a.json")
        == #"{"task":"echo","id":"a","priority":0,"then":[{"task":"x"},{"task":"echo","id":"b"}],"kwargs":{"n":1}}"#
    )
  }

  @Test(arguments: [
    (["--priority", "10"], "the envelope's member 'priority' is not a number from 0 to 9", 65),
    (["--eta", "soon"], "the envelope's member 'eta' is not a moment", 65),
    (["--expires", "inf"], "the envelope's member 'expires' is not a moment", 65),
    (["--then", "tmp/bare"], "'then' is not a list of envelopes, each with a task", 65),
    (["--then", "tmp/none"], "unable to open", 71),
    (["--eta", "2030-01-01", "--countdown", "3"], "not both", 64),
    (["--countdown", "nan"], "no number of seconds", 64),
    (["--group", "a b"], "cannot be a job's id", 64),
    (["--id", "a.try2"], "cannot be a job's id", 64),
  ])
  func `an option that makes no job is refused, and nothing is left`(
    _ options: [String], _ reason: String, _ status: Int32
  ) throws {
    let spool = try TestSpool()
    try spool.put("{}", at: "tmp/bare")
    let run = try CommandRun(["submit", "echo"] + options, in: spool.root, input: "{}")
    #expect(run.complaints.contains(reason), "\(run)")
    #expect(run.status == status)
    #expect(spool.run("ls -A incoming/echo") == "")
  }

  @Test func `a job with a countdown runs after it`() throws {
    let spool = try TestSpool()
    try spool.start()
    let before = SystemClock.now()
    let run = try spool.command(
      "submit", "echo", "--countdown", "1.5", "--wait", "--timeout", "30", input: "{}")
    #expect(run.output == "{}", "\(run)")
    #expect((SystemClock.now() - before) >= .milliseconds(1500))
  }

  @Test func `who waits for a job that another one stands for is told how that one ended`() throws {
    let spool = try TestSpool(
      ["task": "echo $SPOOL_JOB_ID >> $SPOOL/tmp/runs; cat; exit 9"],
      configuration: "[defaults]\nworkers = 1\n")
    spool.run("touch incoming/task/.paused")
    try spool.start()
    for id in ["a", "b"] {
      let run = try spool.command("submit", "task", "--id", id, "--unique", "k", input: "{}")
      #expect(run.status == 0)
      // The order of their drops is that of the file system's clock.
      spool.run("sleep 0.02")
    }
    spool.run("rm incoming/task/.paused")
    #expect(try spool.command("wait", "b", "--timeout", "30").status == 9)
    #expect(try spool.command("result", "b").output.contains(#""duplicate_of":"a""#))
    #expect(spool.read("tmp/runs") == "a\n")
  }
}
