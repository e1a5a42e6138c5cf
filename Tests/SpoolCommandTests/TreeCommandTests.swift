// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

struct TreeCommandTests {
  @Test func `init makes a clean spool with its queues, and twice is harmless`() throws {
    let directory = try TemporaryDirectory("init")
    for _ in 0..<2 {
      let run = try CommandRun(["init", "s", "fetch_url", "a.b"], in: directory.path)
      #expect(run.status == 0, "\(run.complaints)")
      try directory.write("mine", to: "s/crontab")
    }
    #expect(try directory.read("s/crontab") == "mine")
    let check = try CommandRun(["check", "s"], in: directory.path)
    #expect(check.output == "clean: 0 jobs\n")
    #expect(check.status == 0)
    let queues = try SystemFiles().names(in: "\(directory.path)/s/incoming").sorted()
    #expect(queues == ["README", "a.b", "fetch_url"])
  }

  @Test(arguments: ["-x", ".hidden", "a/b", "x.tmp", ""])
  func `a queue with a bad name is not made`(_ name: String) throws {
    let directory = try TemporaryDirectory("init")
    let run = try CommandRun(["init", "s", "--", name], in: directory.path)
    #expect(run.status == 64)
    #expect(try !SystemFiles().exists("\(directory.path)/s"))
  }

  @Test func `the spool is the one of --spool, else of SPOOL, else the current directory`() throws {
    let directory = try TemporaryDirectory("which")
    for name in ["a", "b", "c"] {
      #expect(try CommandRun(["init", name, "in-\(name)"], in: directory.path).status == 0)
    }
    let (here, environment) = ("\(directory.path)/c", ["SPOOL=\(directory.path)/b"])
    func shown(_ arguments: [String], _ environment: [String]) throws -> String {
      try CommandRun(arguments + ["--json"], in: here, environment: environment).output
    }
    #expect(try shown(["status", "--spool", "../a"], environment).contains("in-a"))
    #expect(try shown(["--spool", "../a", "status"], environment).contains("in-a"))
    #expect(try shown(["status"], environment).contains("in-b"))
    #expect(try shown(["status"], []).contains("in-c"))
    let none = try CommandRun(["status"], in: directory.path)
    #expect(none.complaints.contains("is not a spool"))
    #expect(none.status == 66)
  }

  @Test func `status counts the jobs of each state`() throws {
    let spool = try TestSpool(queues: ["a", "bb"])
    try #require(
      spool.run(
        """
        mkdir -p {deferred,errors,hold}/a active/a@1
        for n in 1 2 3; do echo '{}' > incoming/a/$n.json; done
        echo '{}' | tee deferred/a/4.json hold/a/5.json errors/a/6.json > active/a@1/7.json
        echo -n '{' > incoming/a/half.json; touch incoming/bb/.paused
        """) != nil)
    let run = try spool.command("status")
    let lines = run.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.count == 4)
    #expect(lines[0].prefix(6) == ["QUEUE", "WAITING", "DEFERRED", "ACTIVE", "HELD", "FAILED"])
    #expect(lines[1].prefix(6) == ["a", "4", "1", "1", "1", "1"])
    #expect(lines[1].suffix(2) == ["1", "incomplete"])
    #expect(lines[2].first == "bb" && lines[2].last == "paused")
    #expect(lines[3] == ["no", "spoold", "is", "running:", "jobs", "wait"])
  }

  @Test func `check tells what is off and exits 1`() throws {
    let directory = try TemporaryDirectory("check")
    #expect(try CommandRun(["init", "s", "q"], in: directory.path).status == 0)
    try directory.write("x", to: "s/errors/q/a.json")
    try directory.write("[defaults]\nworkers = 0\n", to: "s/spool.toml")
    let run = try CommandRun(["check", "s"], in: directory.path)
    #expect(run.status == 1)
    #expect(run.output.contains("/s/errors/q/a.json: failed without a reason: no .error\n"))
    #expect(run.output.contains("'defaults.workers' is not a whole number from 1"))
  }

  @Test func `pause keeps jobs waiting, resume lets them go on`() throws {
    let spool = try TestSpool()
    #expect(try spool.command("pause", "echo").status == 0)
    #expect(spool.read("incoming/echo/.paused") == "")
    try spool.start()
    #expect(try spool.command("submit", "echo", "--id", "a", input: "{}").status == 0)
    #expect(spool.exists("incoming/echo/a.json"))
    #expect(try spool.command("resume", "echo").status == 0)
    #expect(try spool.command("wait", "a", "--timeout", "30").status == 0)
  }

  @Test func `up runs dispatcher, cache layer and clock, and ends all of them`() throws {
    let spool = try TestSpool()
    try spool.put("* * * * * * echo {\"a\": 1}\n", at: "crontab")
    let program = RunningProgram.path.parentPath + "/spool"
    spool.run("\(program) up --bin $BIN $PWD > tmp/said 2>&1 & echo $! > tmp/pid")
    #expect(spool.waits { spool.names(in: "results/echo").count >= 2 })
    for name in ["/spoold", "/spool-cache", "/spool-cron"] {
      #expect(!spool.processes(running: name).isEmpty, "\(name)")
    }
    spool.run("kill -HUP $(cat tmp/pid)")
    #expect(
      spool.waits {
        let said = spool.read("tmp/said") ?? ""
        return said.contains("read \(spool.root)/spool.toml again")
          && said.split(separator: "\n").count { $0.contains("/crontab: 1 lines") } == 2
      })
    spool.run("kill $(cat tmp/pid)")
    #expect(spool.waits { spool.processes.isEmpty })
  }
}
