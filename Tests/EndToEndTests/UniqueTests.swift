// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Jobs with a `unique` key: of those that wait together one is run.
@Suite struct UniqueTests {
  private static let task = """
    echo "$SPOOL_JOB_ID $SPOOL_ATTEMPT" >> $SPOOL/tmp/runs
    [ -e $SPOOL/tmp/wait ] && until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done
    [ -e $SPOOL/tmp/later ] && [ $SPOOL_ATTEMPT = 1 ] && exit 75
    exec cat
    """

  private func drop(_ ids: [String], key: String = "k", _ spool: TestSpool) throws {
    for id in ids {
      try spool.put(
        #"{"task":"task","unique":"\#(key)","kwargs":{"id":"\#(id)"}}"#,
        at: "incoming/task/\(id).json")
      // The order of their drops is that of the file system's clock.
      spool.run("sleep 0.02")
    }
  }

  private func runs(_ spool: TestSpool) -> String? { spool.run("sort tmp/runs") }

  @Test func `of the jobs that wait with one key the first is run, and the others say so`() throws {
    let spool = try TestSpool(["task": Self.task], configuration: "[defaults]\nworkers = 1\n")
    try drop(["a", "b", "c"], spool)
    try drop(["other"], key: "K", spool)
    try spool.put(#"{"unique":"k"}"#, at: "incoming/task/bare.json")
    try spool.start()
    for id in ["a", "b", "c", "other", "bare"] {
      #expect(spool.waits(for: "results/task/\(id).json"), "\(id): \(spool.messages)")
    }
    #expect(runs(spool) == "a 1\nbare 1\nother 1")
    #expect(
      spool.read("results/task/c.json")
        == "{\"duplicate_of\":\"a\",\"queue\":\"task\",\"unique\":\"k\"}\n")
    #expect(spool.waitsUntilEmpty())
    #expect(
      spool.waits {
        spool.run(
          "jq -r 'select(.id == \"b\") | [.verdict, .place, .message] | @tsv' log/jobs.jsonl")
          == "duplicate\tresults\ta was run instead"
      })
  }

  @Test func `of sixty that wait one is run, however many workers begin them at once`() throws {
    let spool = try TestSpool(["task": Self.task], configuration: "[defaults]\nworkers = 6\n")
    for number in 1...60 {
      try spool.put(#"{"task":"task","unique":"k"}"#, at: "incoming/task/\(number).json")
    }
    spool.run("sleep 0.02")
    try spool.start()
    #expect(spool.waitsUntilEmpty(), "\(spool.messages)")
    #expect(spool.names(in: "results/task").count == 60)
    #expect(spool.run("wc -l < tmp/runs") == "1")
    #expect(spool.run("grep -l duplicate_of results/task/* | wc -l") == "59")
  }

  @Test func `what is dropped after the beginning is run later, the data may have changed`() throws
  {
    let spool = try TestSpool(["task": Self.task], configuration: "[defaults]\nworkers = 1\n")
    spool.run("touch tmp/wait")
    try spool.start()
    try drop(["a"], spool)
    #expect(spool.waits { spool.read("tmp/runs") == "a 1\n" })
    try drop(["b", "c"], spool)
    spool.run("touch tmp/go")
    #expect(spool.waits(for: "results/task/c.json"), "\(spool.messages)")
    #expect(spool.waits(for: "results/task/b.json"))
    #expect(runs(spool) == "a 1\nb 1")
    #expect(spool.read("results/task/c.json")?.contains(#""duplicate_of":"b""#) == true)
  }

  @Test func `a job that is tried again stands for its key, and is run to its end`() throws {
    let spool = try TestSpool(
      ["task": Self.task], configuration: "[defaults]\nworkers = 1\nretry_pause = 0.3\n")
    spool.run("touch tmp/later")
    try drop(["a", "b"], spool)
    try spool.start()
    #expect(spool.waits(for: "results/task/a.json"), "\(spool.messages)")
    #expect(spool.waits(for: "results/task/b.json"))
    #expect(runs(spool) == "a 1\na 2")
  }

  @Test func `a deferred and a held job count as dropped when they come back`() throws {
    let spool = try TestSpool(["task": Self.task])
    spool.run("mkdir -p hold/task deferred/task")
    for id in ["held", "later"] {
      try spool.put(#"{"task":"task","unique":"k"}"#, at: "tmp/\(id)")
    }
    spool.run("mv tmp/held hold/task/held.json")
    spool.run("touch -d '+1 hour' tmp/later; mv tmp/later deferred/task/later.json")
    try drop(["a"], spool)
    try spool.start()
    #expect(spool.waits(for: "results/task/a.json"))
    spool.run("mv hold/task/held.json incoming/task/")
    #expect(spool.waits(for: "results/task/held.json"))
    spool.run("mv deferred/task/later.json incoming/task/")
    #expect(spool.waits(for: "results/task/later.json"))
    #expect(runs(spool) == "a 1\nheld 1\nlater 1")
  }

  @Test func `keys that nobody needs any more are swept`() throws {
    let spool = try TestSpool(["task": Self.task], configuration: "backstop = 1\n")
    try spool.start()
    try drop(["a"], spool)
    #expect(spool.waits(for: "results/task/a.json"))
    let key = try #require(spool.run("ls -d incoming/task/.unique/*"))
    #expect(spool.read(key) == "{\"unique\":\"k\",\"id\":\"a\"}\n")
    spool.run("touch -d '-2 minutes' \(key)")
    #expect(spool.waits { !spool.exists(key) })
  }
}
