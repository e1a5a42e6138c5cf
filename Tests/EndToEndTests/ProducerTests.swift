// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// Every way in which a job can be dropped; `$J` is a job's file, `$Q` the queue's directory.
@Suite struct ProducerTests {
  private static let job = #"{"a":1,"text":"\#(String(repeating: "x", count: 300))"}"#

  @Test(arguments: [
    "cp $J $Q/a.json", "cp -p $J $Q/a.json", "cp --sparse=always $J $Q/a.json", "mv $J $Q/a.json",
    "ln $J $Q/a.json", "ln $J $Q/a.json && rm $J", "install -m 600 $J $Q/a.json",
    "cat $J > $Q/a.json", "tee $Q/a.json < $J > tmp/copy", "dd if=$J of=$Q/a.json bs=7 status=none",
    "cp $J $Q/.a.json && mv $Q/.a.json $Q/a.json", "cp $J $Q/a.tmp && mv $Q/a.tmp $Q/a.json",
    "rsync $J $Q/a.json || cp $J $Q/a.json",
  ])
  func `a job that is dropped is run once`(_ command: String) throws {
    let spool = try TestSpool(["count": "echo run >> $SPOOL/tmp/runs; exec cat"])
    try spool.start()
    try spool.put(Self.job, at: "tmp/job")
    try #require(spool.run("J=tmp/job Q=incoming/count; \(command)") != nil)
    #expect(spool.waits(for: "results/count/a.json"))
    #expect(spool.read("results/count/a.json") == Self.job)
    #expect(spool.waitsUntilEmpty())
    #expect(spool.read("tmp/runs") == "run\n")
    #expect(spool.names(in: "incoming/count").isEmpty)
  }

  @Test(arguments: [
    "cp $J $Q/a.json", "mv $J $Q/a.json", "ln $J $Q/a.json", "ln $J $Q/a.json && rm $J",
  ])
  func `a job that was dropped while nobody looked is run`(_ command: String) throws {
    let spool = try TestSpool()
    try spool.put(Self.job, at: "tmp/job")
    try #require(spool.run("J=tmp/job Q=incoming/echo; \(command)") != nil)
    try spool.start()
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.read("results/echo/a.json") == Self.job)
  }

  @Test func `what another name of the file is given later does not reach the job`() throws {
    let spool = try TestSpool(["wait": "until [ -e $SPOOL/tmp/go ]; do sleep 0.02; done; cat"])
    try spool.start()
    try spool.put(Self.job, at: "tmp/job")
    try #require(spool.run("ln tmp/job incoming/wait/a.json") != nil)
    #expect(spool.waits { spool.names(in: "active/wait@1").contains("a") })
    try #require(spool.run("echo nonsense > tmp/job; touch tmp/go") != nil)
    #expect(spool.waits(for: "results/wait/a.json"))
    #expect(spool.read("results/wait/a.json") == Self.job)
  }

  /// A bare object's closing brace comes last, so nothing but the writer's descriptor tells that `{}` may go on.
  @Test func `a writer that takes its time is waited for`() throws {
    let spool = try TestSpool()
    try spool.start()
    let slow = """
      exec 9> incoming/echo/a.json
      for ((n = 0; n < 80; n++)); do printf '%s' "${J:n:1}" >&9; sleep 0.005; done
      printf '%s' '            ' >&9; sleep 0.3
      test -e incoming/echo/a.json; test ! -e results/echo/a.json
      printf '%s\\n' "${J:80}" >&9
      """
    try #require(spool.run("J='\(Self.job)'; set -e; \(slow)") != nil)
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.names(in: "corrupt").isEmpty)
    #expect(spool.read("results/echo/a.json")?.filter { $0 != " " && $0 != "\n" } == Self.job)
  }

  @Test func `a file that is opened anew for each byte is waited for`() throws {
    let spool = try TestSpool()
    try spool.start()
    let slow =
      #"for ((n = 0; n < ${#J}; n++)); do printf '%s' "${J:n:1}" >> incoming/echo/a.json; done"#
    try #require(spool.run("J='\(Self.job)'; \(slow)") != nil)
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.read("results/echo/a.json") == Self.job)
    #expect(spool.names(in: "incoming/echo").isEmpty)
  }

  @Test func `a file that was written through a memory map is taken once it is unmapped`() throws {
    let spool = try TestSpool()
    try spool.start()
    let path = "\(spool.root)/incoming/echo/a.json"
    let map = try MappedWriter(path, size: 4096)
    map.write(#"{"a":1}"# + String(repeating: " ", count: 4088) + "\n")
    #expect(!spool.waits(for: .milliseconds(300)) { spool.exists("results/echo/a.json") })
    #expect(spool.exists("incoming/echo/a.json"))
    map.close()
    #expect(spool.waits(for: "results/echo/a.json"))
  }

  @Test func `a file without a name that is linked in is taken`() throws {
    let spool = try TestSpool()
    try spool.start()
    try NamelessFile.write(Self.job, linkedAs: "\(spool.root)/incoming/echo/a.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.read("results/echo/a.json") == Self.job)
  }

  @Test func `a producer's own names are left alone`() throws {
    let spool = try TestSpool()
    let names = [".a.json", "a.json~", "a.json.tmp", "b.tmp", "a.json.part", ".b.json.swp"]
    for name in names { try spool.put("no job", at: "incoming/echo/\(name)") }
    try spool.start()
    for name in names { try spool.put("still no job", at: "incoming/echo/\(name)") }
    try spool.put("{}", at: "incoming/echo/z.json")
    #expect(spool.waits(for: "results/echo/z.json"))
    for name in names { #expect(spool.read("incoming/echo/\(name)") == "still no job") }
    #expect(spool.names(in: "corrupt").isEmpty)
  }

  @Test func `an envelope finds its queue from wherever it lies`() throws {
    let spool = try TestSpool(["echo": "exec cat", "other": "exec cat"])
    try spool.start()
    let envelope = #"{"task":"echo","kwargs":{"a":1},"args":[2]}"#
    try spool.put(envelope, at: "incoming/other/a.json")
    try spool.put(envelope, at: "incoming/b.json")
    #expect(spool.waits(for: "results/echo/a.json"))
    #expect(spool.waits(for: "results/echo/b.json"))
    #expect(spool.read("results/echo/b.json") == #"{"a":1,"args":[2]}"#)
    #expect(spool.names(in: "results/other").isEmpty)
  }

  @Test func `an envelope that is older than the last drop into its queue finds it all the same`()
    throws
  {
    let spool = try TestSpool()
    try spool.put(#"{"task":"echo"}"#, at: "incoming/old.json")
    spool.run("touch -d '-1 hour' incoming/old.json")
    try spool.start()
    #expect(spool.waits(for: "results/echo/old.json"))
  }

  @Test func `a second job of the same id gets a number, and nothing is overwritten`() throws {
    let spool = try TestSpool()
    try spool.start()
    for number in 1...3 {
      try spool.put("{\"n\":\(number)}", at: "incoming/echo/a.json")
      #expect(spool.waits { spool.names(in: "results/echo").count == number })
    }
    #expect(spool.names(in: "results/echo") == ["a-2.json", "a-3.json", "a.json"])
    #expect(spool.read("results/echo/a.json") == #"{"n":1}"#)
    #expect(spool.read("results/echo/a-3.json") == #"{"n":3}"#)
  }

  @Test func `an id belongs to its queue alone`() throws {
    let spool = try TestSpool(["echo": "exec cat", "other": "exec cat"])
    for queue in ["echo", "other"] { try spool.put("{}", at: "incoming/\(queue)/a.json") }
    try spool.start()
    for queue in ["echo", "other"] { #expect(spool.waits(for: "results/\(queue)/a.json")) }
  }

  @Test func `the id of a job that waits for its next try is taken`() throws {
    let spool = try TestSpool(["late": "grep -q first && exit 75; echo 2"])
    try spool.start()
    try spool.put(#"{"first":1}"#, at: "incoming/late/a.json")
    #expect(spool.waits(for: "deferred/late/a.try2.json"))
    try spool.put(#"{"second":1}"#, at: "incoming/late/a.json")
    #expect(spool.waits { !spool.names(in: "results/late").isEmpty })
    #expect(spool.names(in: "results/late") == ["a-2.json"])
  }
}
