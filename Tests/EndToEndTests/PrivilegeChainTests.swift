// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

/// What queues with users of their own can still ask of others, and of a task that stays.
@Suite(.enabled(if: Person.isRoot, "SKIPPED: only root can run queues as other users"))
struct PrivilegeChainTests {
  @Test func `a step goes to another user's queue, with the result as its input`() throws {
    let spool = try TestSpool(
      ["first": #"echo "{\"uid\": $(id -u)}""#, "second": "cat", "plain": "cat"],
      configuration: PrivilegeTests.configuration)
    try spool.start()
    try spool.put(
      #"{"task":"first","then":[{"task":"second"},{"task":"plain","then":[{"task":"first"}]}]}"#,
      at: "incoming/first/a.json")
    #expect(spool.waits(for: "results/second/a+1.json"), "\(spool.messages)")
    #expect(spool.waits(for: "results/first/a+2+1.json"), "\(spool.messages)")
    #expect(spool.read("results/second/a+1.json") == #"{"input":{"uid":61001}}"#)
    #expect(spool.read("results/plain/a+2.json") == #"{"input":{"uid":61001}}"#)
  }

  @Test func `a unique job of such a queue is run once while it waits`() throws {
    let spool = try TestSpool(
      ["first": "cat", "second": "cat", "plain": "cat"],
      configuration: PrivilegeTests.configuration)
    for id in ["a", "b"] {
      try spool.put(#"{"task":"first","unique":"k"}"#, at: "incoming/first/\(id).json")
    }
    try spool.start()
    #expect(spool.waits(for: "results/first/a.json") && spool.waits(for: "results/first/b.json"))
    let results = ["a", "b"].map { spool.read("results/first/\($0).json") ?? "" }
    #expect(results.count { $0.contains("duplicate_of") } == 1, "\(results)")
  }

  /// Its worker does not see hold/, where a job of that id might stand.
  @Test func `a result whose name has been taken meanwhile gets the next one`() throws {
    let spool = try TestSpool(
      ["first": "until [ -e $SPOOL/results/first/a.json ]; do sleep 0.02; done; exec cat"],
      configuration: PrivilegeTests.configuration)
    try spool.start()
    try spool.put("{}", at: "incoming/first/a.json")
    #expect(spool.waits(for: "active/first@1/a/stdout"))
    spool.run("echo 1 > results/first/a.json")
    #expect(spool.waits(for: "results/first/a-2.json"))
    #expect(spool.read("results/first/a.json") == "1\n")
  }

  @Test func `a task that stays runs as its queue's user, in its own directory`() throws {
    let script = """
      #!/usr/bin/env python3
      import json, os, sys
      for line in sys.stdin:
          request = json.loads(line)
          with open(os.environ["SPOOL_FILES"] + "/data", "w") as file: file.write("kept")
          seen = os.access(os.environ["SPOOL"] + "/results/plain/x.json", os.R_OK)
          result = {"uid": os.getuid(), "pid": os.getpid(), "seen": seen}
          print(json.dumps({"id": request["id"], "status": 0, "result": result}), flush=True)
      """
    let spool = try TestSpool(
      ["first": script, "plain": "cat"],
      configuration: "[queues.first]\nuser = 61001\nresident = true\nworkers = 1\n")
    try spool.start()
    try spool.put("{}", at: "incoming/plain/x.json")
    #expect(spool.waits(for: "results/plain/x.json"))
    for id in ["a", "b"] { try spool.put("{}", at: "incoming/first/\(id).json") }
    #expect(spool.waits(for: "results/first/a.json"), "\(spool.messages)")
    #expect(spool.waits(for: "results/first/b.json"), "\(spool.messages)")
    let result = spool.read("results/first/a.json") ?? ""
    #expect(result.contains(#""uid": 61001"#) && result.contains(#""seen": false"#), "\(result)")
    #expect(spool.read("results/first/b.files/data") == "kept")
    #expect(spool.end() == .exited(0))
    #expect(spool.names(in: "active/first@1").isEmpty)
  }
}
