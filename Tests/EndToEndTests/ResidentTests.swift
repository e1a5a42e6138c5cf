// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// `resident = true`: one process of the task takes one job after another.
@Suite struct ResidentTests {
  private func result(_ id: String, of spool: TestSpool) throws -> JSONValue {
    #expect(spool.waits(for: "results/task/\(id).json"), "\(id): \(spool.messages)")
    return try JSONValue(parsing: try #require(spool.read("results/task/\(id).json")))
  }

  private func pid(_ id: String, of spool: TestSpool) throws -> Int {
    try #require(try result(id, of: spool)["pid"]?.integerValue)
  }

  private func failure(_ id: String, of spool: TestSpool) throws -> JSONValue {
    #expect(spool.waits(for: "errors/task/\(id).json"), "\(id): \(spool.messages)")
    return try JSONValue(parsing: try #require(spool.read("errors/task/\(id).error")))
  }

  @Test func `one process serves one job after another`() throws {
    let spool = try TestSpool.resident()
    let pids = try (1...5).map { number in
      try spool.drop("\(number)", "")
      return try pid("\(number)", of: spool)
    }
    #expect(Set(pids).count == 1)
    #expect(spool.end() == .exited(0))
    #expect(spool.read("tmp/farewell") == "bye\n", "its input ends, and it may tidy up")
    #expect(spool.processes.isEmpty)
    #expect(spool.names(in: "active/task@1").isEmpty)
  }

  @Test func `a status leads where an exit status would`() throws {
    let spool = try TestSpool.resident("tries = 2")
    try spool.drop("bad", "status 65")
    try spool.drop("later", "status 75")
    #expect(try failure("bad", of: spool)["message"] == "as it was told")
    let later = try failure("later", of: spool)
    #expect(later["attempt"] == 2)
    #expect(later["message"] == "as it was told; given up after 2 of 2 tries")
    try spool.drop("queue", "status 78")
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.waits(for: "incoming/task/queue.json"))
  }

  @Test func `what it logged for a job stands in its reason, and no other job's log`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("a", "")
    _ = try pid("a", of: spool)
    try spool.drop("b", "status 65")
    #expect(try failure("b", of: spool)["stderr"] == "at b\n")
  }

  @Test func `files are the job's that left them, and nothing of a job meets the next one`() throws
  {
    let spool = try TestSpool.resident()
    try spool.drop("a", "files")
    try spool.drop("b", "files, progress, status 65")
    _ = try result("a", of: spool)
    _ = try failure("b", of: spool)
    try spool.drop("c", "")
    #expect(try result("c", of: spool)["left"] == ["files", "lock", "stderr"])
    #expect(spool.read("results/task/a.files/data") == "a")
    #expect(!spool.exists("results/task/b.files") && !spool.exists("results/task/c.files"))
    #expect(spool.run("ls -A active/task@1") == ".lock\n.resident\n.trigger")
  }

  @Test func `a job arrives on one line, however long it is and however it was written`() throws {
    let spool = try TestSpool.resident()
    let filler = String(repeating: "x", count: 3 << 20)
    try spool.put("{\n  \"filler\":\r\n\"\(filler)\"\n}\n", at: "incoming/task/large.json")
    #expect(try result("large", of: spool)["size"]?.integerValue ?? 0 > 3 << 20)
    try spool.put(
      #"{"task":"task","args":[1],"kwargs":{"do":"no result"}}"#, at: "incoming/envelope.json")
    #expect(try result("envelope", of: spool) == .null)
  }

  @Test func `an answer may come in pieces`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("a", "pieces")
    _ = try pid("a", of: spool)
  }

  @Test func `duplicates and steps are what they are elsewhere`() throws {
    let spool = try TestSpool.resident()
    #expect(spool.run("touch incoming/task/.paused") != nil)
    #expect(spool.waits { spool.run("ls -A incoming/task") == ".paused" })
    let key = #""task":"task","unique":"k""#
    try spool.put(
      "{\(key),\"then\":[{\"task\":\"task\"}]}", at: "incoming/task/a.json")
    #expect(spool.waits { spool.exists("incoming/task/a.json") })
    try spool.put("{\(key)}", at: "incoming/task/b.json")
    #expect(spool.run("sleep 0.1; rm incoming/task/.paused") != nil)
    #expect(try result("b", of: spool)["duplicate_of"] == "a")
    #expect(try result("a+1", of: spool)["pid"] == result("a", of: spool)["pid"])
  }

  // MARK: another process

  @Test func `it is exchanged after its number of jobs`() throws {
    let spool = try TestSpool.resident("resident_jobs = 2")
    for id in ["1", "2", "3", "4", "5"] { try spool.drop(id, "") }
    let pids = try ["1", "2", "3", "4", "5"].map { try pid($0, of: spool) }
    #expect(Set(pids).count == 3)
    #expect(spool.waits { spool.read("tmp/farewell") == "bye\nbye\n" })
  }

  @Test func `it is exchanged when it has grown`() throws {
    let spool = try TestSpool.resident("resident_memory = \"40MB\"")
    try spool.drop("1", "")
    try spool.drop("2", "grow")
    let pids = [try pid("1", of: spool), try pid("2", of: spool)]
    try spool.drop("3", "")
    #expect(pids[0] == pids[1])
    #expect(try pid("3", of: spool) != pids[0])
  }

  @Test func `it is exchanged when its executable is`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "")
    _ = try pid("1", of: spool)
    try spool.task("task", #"read -r line; echo '{"id":"2","status":0,"result":"new"}'; cat"#)
    try spool.drop("2", "")
    #expect(try result("2", of: spool) == "new")
  }

  @Test func `it may leave between two jobs, and the next one does not suffer`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "")
    let first = try pid("1", of: spool)
    #expect(spool.run("kill -TERM \(first)") != nil)
    try spool.drop("2", "")
    let second = try result("2", of: spool)
    #expect(second["pid"]?.integerValue != first)
  }

  @Test func `a process that leaves without an answer to its first job fails it`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "")
    try spool.drop("2", "exit 0")
    let failure = try failure("2", of: spool)
    #expect(failure["message"] == "it has not answered")
    #expect(failure["attempt"] == 1)
  }

  @Test func `an exit status says of the queue what it does of a task of one job`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "exit 78")
    #expect(spool.waits(for: "incoming/task/.paused"))
    #expect(spool.waits(for: "incoming/task/1.json"))
  }

  // MARK: a job's own trouble

  @Test func `a crash costs its job alone`() throws {
    let spool = try TestSpool.resident()
    for id in ["1", "2", "3"] { try spool.drop(id, id == "2" ? "die" : "") }
    for id in ["1", "3"] { _ = try pid(id, of: spool) }
    let failure = try failure("2", of: spool)
    #expect(failure["verdict"] == "poison" && failure["attempt"] == 3)
  }

  @Test func `a job that hangs costs itself alone`() throws {
    let spool = try TestSpool.resident("soft_time_limit = 3\ntime_limit = 4")
    for id in ["1", "2", "3"] { try spool.drop(id, id == "2" ? "hang" : "") }
    for id in ["1", "3"] { _ = try pid(id, of: spool) }
    #expect(try failure("2", of: spool)["verdict"] == "timed out")
  }

  @Test func `rm of a running job ends its process, and the next job has another`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "")
    let first = try pid("1", of: spool)
    try spool.drop("2", "sleep")
    #expect(spool.waits(for: "active/task@1/2"))
    #expect(spool.run("rm active/task@1/2.json") != nil)
    try spool.drop("3", "")
    #expect(try pid("3", of: spool) != first)
    #expect(!spool.exists("results/task/2.json") && !spool.exists("errors/task/2.json"))
  }

  @Test func `progress is seen while the job runs`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "progress, wait")
    #expect(spool.waits(for: "active/task@1/.resident/progress"))
    let command = RunningProgram.path.parentPath + "/spool"
    // The file is there before its content is.
    #expect(
      spool.waits { spool.run("'\(command)' --spool . top --once")?.contains("3/4 75%") == true })
  }

  @Test func `processor time is counted for each job`() throws {
    let spool = try TestSpool.resident("cpu_limit = 1")
    let ids = ["1", "2", "3", "4"]
    for id in ids { try spool.drop(id, "burn 0.7") }
    for id in ids { _ = try pid(id, of: spool) }
    try spool.drop("5", "burn")
    #expect(try failure("5", of: spool)["verdict"] == "over its CPU limit")
  }

  @Test(arguments: [
    ("noise", "its answer is none: not JSON at byte 0: it is no object"),
    ("array", "its answer is none: not JSON at byte 0: it is no object"),
    ("other", "it answered for another job: other"),
    ("no status", "its answer is none: it has no status from 0 to 255"),
    ("big status", "its answer is none: it has no status from 0 to 255"),
    ("close", "it has closed its standard output"),
  ])
  func `a job whose answer is none fails, and the next one runs`(
    _ what: String, _ message: String
  ) throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", what)
    try spool.drop("2", "")
    let failure = try failure("1", of: spool)
    #expect(failure["message"]?.stringValue == message)
    #expect(failure["verdict"] == "bug")
    #expect(failure["stderr"] == "at 1\n")
    _ = try pid("2", of: spool)
  }

  @Test func `an answer too many costs the process, and no job`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "twice")
    let first = try pid("1", of: spool)
    try spool.drop("2", "")
    #expect(try pid("2", of: spool) != first)
    #expect(spool.messages.contains("it wrote to its standard output without being asked"))
  }

  // MARK: the end of others

  @Test
  func `with its worker dies a resident task, whatever it started, and its job is tried again`()
    throws
  {
    let spool = try TestSpool.resident()
    try spool.drop("1", "orphan")
    #expect(spool.waits(for: "active/task@1/1"))
    #expect(spool.waits { !spool.processes(running: "sleep").isEmpty })
    let orphans = spool.processes(running: "sleep")
    #expect(
      spool.run("rm incoming/task/*.json; pkill -KILL -f 'spool-worker.*\(spool.root)'") == nil)
    #expect(spool.waits(for: "active/task@1/1.try2.json"), "\(spool.messages)")
    #expect(orphans.allSatisfy { !spool.processes.contains($0) })
    #expect(spool.messages.contains("processes of its resident task behind: killed"))
  }

  @Test func `a second SIGTERM ends it, and its job goes back`() throws {
    let spool = try TestSpool.resident()
    try spool.drop("1", "hang")
    #expect(spool.waits(for: "active/task@1/1"))
    spool.dispatcher?.send(.terminate)
    #expect(spool.waits { spool.messages.contains("stopping") })
    #expect(spool.end() == .exited(0))
    #expect(spool.names(in: "incoming/task") == ["1.json"])
    #expect(spool.processes.isEmpty)
  }

  @Test func `the example stays, and is a filter too`() throws {
    let spool = try TestSpool(
      ["twice": ""], configuration: "[queues.twice]\nresident = true\nworkers = 1\n")
    let project = #filePath.parentPath.parentPath.parentPath
    #expect(spool.run("cp '\(project)/examples/resident_double' $BIN/twice") != nil)
    try spool.start()
    for (id, job) in [
      ("1", #"{"number":21}"#), ("2", #"{"number":null}"#), ("3", #"{"number":4}"#),
    ] {
      try spool.put(job, at: "incoming/twice/\(id).json")
    }
    #expect(spool.waits(for: "results/twice/1.json") && spool.waits(for: "results/twice/3.json"))
    #expect(spool.read("results/twice/1.json") == "{\"doubled\": 42}\n")
    #expect(spool.read("results/twice/3.json") == "{\"doubled\": 8}\n")
    #expect(spool.waits(for: "errors/twice/2.json"))
    #expect(spool.read("errors/twice/2.error")?.contains("TypeError") == true)
    #expect(spool.run("echo '{\"number\": 3}' | $BIN/twice") == "{\"doubled\": 6}")
  }
}
