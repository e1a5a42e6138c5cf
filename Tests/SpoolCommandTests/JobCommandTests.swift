// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

struct JobCommandTests {
  /// A spool in which nothing runs, with a job in each of the states that people care for.
  private func quietSpool() throws -> TestSpool {
    let spool = try TestSpool()
    try #require(
      spool.run(
        """
        mkdir -p {results,errors,corrupt,deferred,hold}/echo
        echo '{"n":1}' | tee results/echo/done.json errors/echo/failed.json hold/echo/held.json \
          deferred/echo/later.try2.json incoming/echo/waiting.json > corrupt/echo/odd.json
        echo '{"message":"no such chart","exit_status":65}' > errors/echo/failed.error
        echo 'not JSON at byte 3' > corrupt/echo/odd.json.reason
        """) != nil)
    return spool
  }

  @Test(arguments: ["done", "done.json"])
  func `the result of a job that is done is printed`(_ name: String) throws {
    let spool = try quietSpool()
    let run = try spool.command("result", name)
    #expect(run.output == "{\"n\":1}\n")
    #expect(run.status == 0)
    #expect(try spool.command("wait", name).status == 0)
  }

  @Test func `of a failed job the reason is printed, and nothing on stdout`() throws {
    let run = try quietSpool().command("result", "failed")
    #expect(run.output == "")
    #expect(run.complaints.contains("no such chart"))
    #expect(run.status == 65)
  }

  @Test(arguments: ["wait", "result"])
  func `what was no job is told with its reason`(_ verb: String) throws {
    let run = try quietSpool().command(verb, "odd")
    #expect(run.complaints == "spool: unable to run odd: not JSON at byte 3\n")
    #expect(run.status == 65)
  }

  @Test(arguments: ["nothing", "a b", "../done"])
  func `a job that is nowhere is told`(_ name: String) throws {
    let run = try quietSpool().command("result", name)
    #expect(run.complaints.hasPrefix("spool: unable to find job \(name)"))
    #expect(run.status == 66)
  }

  @Test func `an id of two queues needs its queue`() throws {
    let spool = try TestSpool(queues: ["one", "two"])
    try #require(spool.run("for q in one two; do echo '{}' > incoming/$q/a.json; done") != nil)
    let run = try spool.command("hold", "a")
    #expect(run.complaints.contains("it is in one, two; use --queue"))
    #expect(run.status == 64)
    try #require(spool.run("mkdir hold/one") != nil)
    #expect(try spool.command("hold", "a", "--queue", "one").status == 0)
    #expect(spool.exists("hold/one/a.json"))
    #expect(spool.exists("incoming/two/a.json"))
  }

  @Test func `retry puts a failed job back, its crashes forgotten`() throws {
    let spool = try quietSpool()
    try #require(
      spool.run(
        "python3 -c \"import os; os.setxattr('errors/echo/failed.json', 'user.spool.crashes', b'1,2,3')\""
      ) != nil)
    #expect(try spool.command("retry", "failed").status == 0)
    #expect(spool.names(in: "errors/echo") == ["failed.error"])
    #expect(spool.read("incoming/echo/failed.json") == "{\"n\":1}\n")
    let crashes = spool.run(
      "python3 -c \"import os; print(os.getxattr('incoming/echo/failed.json', 'user.spool.crashes'))\""
    )
    #expect(crashes == "b''")
  }

  @Test func `retry never overwrites a newcomer of the same name`() throws {
    let spool = try quietSpool()
    try spool.put(#"{"new":true}"#, at: "incoming/echo/failed.json")
    #expect(try spool.command("result", "failed").status == 65)
    #expect(try spool.command("retry", "failed").status == 0)
    #expect(spool.read("incoming/echo/failed.json") == #"{"new":true}"#)
    #expect(spool.read("incoming/echo/failed-2.json") == "{\"n\":1}\n")
  }

  @Test func `hold and release go there and back, the attempt kept`() throws {
    let spool = try quietSpool()
    for id in ["waiting", "later"] { #expect(try spool.command("hold", id).status == 0) }
    #expect(
      spool.names(in: "hold/echo") == ["held.json", "later.try2.json", "waiting.json"])
    for id in ["waiting", "later", "held"] {
      #expect(try spool.command("release", id).status == 0)
    }
    #expect(
      spool.names(in: "incoming/echo") == ["held.json", "later.try2.json", "waiting.json"])
  }

  @Test func `a deferred job that is released keeps its id`() throws {
    let spool = try TestSpool(
      ["later": "[ $SPOOL_ATTEMPT -gt 1 ] || exit 75; cat"],
      configuration: "[defaults]\nretry_pause = \"10m\"\n")
    try spool.start()
    try spool.put("{}", at: "incoming/later/a.json")
    #expect(spool.waits(for: "deferred/later/a.try2.json"))
    #expect(try spool.command("release", "a").status == 0)
    for limit in ["30", "1e300", "inf", "nan"] {
      #expect(try spool.command("wait", "a", "--timeout", limit).status == 0, "\(limit)")
    }
    #expect(spool.names(in: "results/later") == ["a.json"])
  }

  @Test(arguments: [
    ("hold", "done"), ("release", "waiting"), ("retry", "waiting"), ("cancel", "done"),
    ("cancel", "failed"), ("run", "waiting"), ("run", "held"), ("hold", "failed"),
  ])
  func `a job in another state is left where it is`(_ verb: String, _ id: String) throws {
    let spool = try quietSpool()
    let before = spool.run("find . -type f | sort")
    let run = try spool.command(verb, id)
    #expect(run.complaints.hasPrefix("spool: unable to \(verb) \(id): it is in "))
    #expect(run.status == 69)
    #expect(spool.run("find . -type f | sort") == before)
  }

  @Test func `cancel ends a task that runs`() throws {
    let spool = try TestSpool(["slow": "touch $SPOOL/tmp/began; sleep 60; echo {}"])
    try spool.start()
    try spool.put("{}", at: "incoming/slow/a.json")
    #expect(spool.waits(for: "tmp/began"))
    #expect(try spool.command("cancel", "a").status == 0)
    #expect(spool.waits { spool.processes(running: "sleep").isEmpty })
    #expect(spool.waits { spool.names(in: "active/slow@1").isEmpty })
    #expect(try spool.command("result", "a").status == 66)
  }

  @Test func `run lets a deferred job go on now, whatever time it waits for`() throws {
    let spool = try TestSpool()
    try spool.start()
    try spool.put(
      #"{"task":"echo","eta":"2090-01-01","kwargs":{"n":1}}"#, at: "incoming/echo/a.json")
    #expect(spool.waits(for: "deferred/echo/a.json"))
    // Somebody has put it off for another time since.
    spool.run("touch -d '+1 hour' deferred/echo/a.json")
    #expect(try spool.command("run", "a").status == 0)
    #expect(try spool.command("wait", "a", "--timeout", "30").status == 0)
    #expect(spool.read("results/echo/a.json") == #"{"n":1}"#)
  }

  @Test func `hold ends a task that runs, and release makes the same attempt again`() throws {
    let spool = try TestSpool(
      ["slow": "echo $SPOOL_ATTEMPT >> $SPOOL/tmp/runs; [ -e $SPOOL/tmp/go ] || sleep 60; cat"])
    try spool.start()
    try spool.put("{}", at: "incoming/slow/a.json")
    #expect(spool.waits { spool.read("tmp/runs") == "1\n" })
    #expect(try spool.command("hold", "a").status == 0)
    #expect(spool.waits { spool.processes(running: "sleep").isEmpty })
    #expect(spool.waits { spool.names(in: "active/slow@1").isEmpty })
    #expect(spool.names(in: "hold/slow") == ["a.json"])
    spool.run("touch tmp/go")
    #expect(try spool.command("release", "a").status == 0)
    #expect(spool.waits(for: "results/slow/a.json"))
    #expect(spool.read("tmp/runs") == "1\n1\n")
  }

  @Test func `a step that will not run is told with the failure before it`() throws {
    let spool = try TestSpool(["bad": "echo no such chart >&2; exit 65", "echo": "exec cat"])
    try spool.start()
    try spool.put(
      #"{"task":"bad","then":[{"task":"echo","then":[{"task":"echo"}]}]}"#,
      at: "incoming/bad/a.json")
    for verb in ["wait", "result"] {
      #expect(spool.waits(for: "errors/bad/a.json"))
      let run = try spool.command(verb, "a+1+1")
      #expect(
        run.complaints
          == "spool: unable to run a+1+1: a has failed before it: no such chart;"
          + " the chain stops before a+1 (echo), a+1+1 (echo)\n")
      #expect(run.status == 69)
    }
    #expect(try spool.command("result", "a+2").status == 66)
    let chain = try spool.command("wait", "a", "--chain")
    #expect(chain.status == 65)
    #expect(chain.complaints.hasPrefix("spool: a of bad failed: no such chart; the chain stops"))
  }

  @Test func `wait waits for a step whose turn is still to come, and for the whole chain`() throws {
    let spool = try TestSpool(["task": "until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done; exec cat"])
    try spool.start()
    try spool.put(
      #"{"task":"task","then":[{"task":"task","then":[{"task":"task","kwargs":{"input":1}}]}]}"#,
      at: "incoming/task/a.json")
    // Two seconds are more than it takes to call a job missing.
    #expect(try spool.command("wait", "a+1+1", "--timeout", "2").status == 75)
    spool.run("touch tmp/go")
    let run = try spool.command("wait", "a", "--chain", "--timeout", "30")
    #expect(run.status == 0, "\(run)")
    #expect(run.output.hasSuffix("3 of 3 done\n"))
    #expect(try spool.command("result", "a+1+1").output == #"{"input":1}"#)
  }
}
