// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Jobs with a `then`: what follows them, and what does not.
@Suite struct ChainTests {
  private static let steps = [
    "first": #"echo "$SPOOL_JOB_ID" >> $SPOOL/tmp/runs; echo '{"n": 1.0000000000000000000001}'"#,
    "second": #"echo "$SPOOL_JOB_ID" >> $SPOOL/tmp/runs; exec cat"#,
    "fails": #"[ -e $SPOOL/tmp/well ] && exec cat; echo broken >&2; exit 65"#,
  ]

  @Test func `each step has the result of the one before as its input`() throws {
    let spool = try TestSpool(Self.steps)
    try spool.start()
    try spool.put(
      #"""
      {"task":"first","then":[
        {"task":"second","kwargs":{"a":1},"then":[{"task":"second"}]},
        {"task":"second","kwargs":{"input":"mine"}},{"task":"second","id":"named"}]}
      """#, at: "incoming/41.json")
    #expect(spool.waits(for: "results/second/41+1+1.json"), "\(spool.messages)")
    #expect(spool.waits(for: "results/second/41+2.json"))
    #expect(spool.waits(for: "results/second/named.json"))
    let result = #"{"n": 1.0000000000000000000001}"#
    #expect(spool.read("results/first/41.json") == result + "\n")
    #expect(spool.read("results/second/41+2.json") == #"{"input":"mine"}"#)
    #expect(spool.read("results/second/41+1+1.json") == #"{"input":{"a":1,"input":{"n":1.0}}}"#)
    #expect(spool.waitsUntilEmpty())
    #expect(
      spool.names(in: "results/second") == ["41+1+1.json", "41+1.json", "41+2.json", "named.json"])
    #expect(spool.run("sort tmp/runs") == "41\n41+1\n41+1+1\n41+2\nnamed")
  }

  @Test func `a failed step stops its chain and says so, and goes on when it is moved back`() throws
  {
    let spool = try TestSpool(Self.steps)
    try spool.start()
    try spool.put(
      #"{"task":"fails","then":[{"task":"second","then":[{"task":"first"}]}]}"#,
      at: "incoming/fails/j.json")
    #expect(spool.waits(for: "errors/fails/j.json"))
    let error = try #require(spool.read("errors/fails/j.error"))
    #expect(
      error.contains("broken; the chain stops before j+1 (second), j+1+1 (first)"), "\(error)")
    #expect(
      error.contains(
        #""not_run":[{"id":"j+1","task":"second"},{"id":"j+1+1","task":"first"}]"#), "\(error)")
    spool.run("touch tmp/well; mv errors/fails/j.json incoming/fails/")
    #expect(spool.waits(for: "results/first/j+1+1.json"), "\(spool.messages)")
    #expect(spool.waits { !spool.exists("errors/fails/j.error") })
  }

  @Test func `a step without a queue, and one that is too large, are kept with their reasons`()
    throws
  {
    let spool = try TestSpool(
      [
        "first": "echo '{}'", "second": "exec cat",
        "large": "head -c 3000 /dev/zero | tr '\\0' x | jq -R .",
      ], configuration: "[intake]\nsize_limit = 2000\n")
    try spool.start()
    try spool.put(#"{"task":"first","then":[{"task":"nobody"}]}"#, at: "incoming/a.json")
    try spool.put(#"{"task":"large","then":[{"task":"second"}]}"#, at: "incoming/b.json")
    #expect(spool.waits(for: "corrupt/incoming/a+1.json"), "\(spool.messages)")
    #expect(spool.waits(for: "corrupt/second/b+1.json"))
    #expect(
      spool.read("corrupt/incoming/a+1.json.reason")?.contains("there is no queue nobody") == true)
    #expect(
      spool.read("corrupt/second/b+1.json.reason")?.contains("larger than the limit") == true)
    // Byte for byte, so that it can be moved back once there is room for it.
    #expect(spool.run("jq -r '.kwargs.input | length' corrupt/second/b+1.json") == "3000")
    spool.run(
      "mkdir incoming/nobody; cp -p $BIN/second $BIN/nobody; mv corrupt/incoming/a+1.json incoming/"
    )
    #expect(spool.waits(for: "results/nobody/a+1.json"), "\(spool.messages)")
  }

  @Test func `a worker that dies with its result published is followed all the same`() throws {
    let spool = try TestSpool(Self.steps)
    spool.run("mkdir -p active/first@1/41 results/first")
    try spool.put(#"{"task":"first","then":[{"task":"second"}]}"#, at: "active/first@1/41.json")
    try spool.put(#"{"n":2}"#, at: "results/first/41.json")
    try spool.start()
    #expect(spool.waits(for: "results/second/41+1.json"), "\(spool.messages)")
    #expect(spool.read("results/second/41+1.json") == #"{"input":{"n":2}}"#)
    #expect(spool.waitsUntilEmpty())
    #expect(spool.run("cat tmp/runs") == "41+1")
  }
}
