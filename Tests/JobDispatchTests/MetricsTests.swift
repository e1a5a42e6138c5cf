// SPDX-License-Identifier: MIT
import SpoolProtocol
import SpoolTesting
import SystemCalls
import Testing

@testable import JobDispatch

struct MetricsClockTests {
  private static let second: Int64 = 1_000_000_000

  @Test func `where nothing has changed there is no moment to wake at`() {
    var clock = MetricsClock()
    #expect(clock.due(isQuiet: true) == nil && clock.due(isQuiet: false) == nil)
    clock.noteChange(at: 5)
    clock.begin()
    clock.end(at: 7, cost: 1)
    #expect(clock.due(isQuiet: true) == nil && clock.due(isQuiet: false) == nil)
  }

  @Test func `a first change is written at once where all is quiet, else 15 seconds later`() {
    var clock = MetricsClock()
    clock.noteChange(at: 100)
    clock.noteChange(at: 200)
    #expect(clock.due(isQuiet: true) == 100)
    #expect(clock.due(isQuiet: false) == 100 + 15 * Self.second)
  }

  @Test func `two writes are never nearer than 15 seconds`() {
    var clock = MetricsClock()
    clock.noteChange(at: 1)
    clock.begin()
    // What comes while it is being counted is for the next time.
    clock.noteChange(at: 2)
    clock.end(at: 10, cost: 1)
    #expect(clock.due(isQuiet: true) == 10 + 15 * Self.second)
  }

  @Test func `counting takes a fiftieth of the time at most`() {
    var clock = MetricsClock()
    clock.noteChange(at: 0)
    clock.begin()
    clock.end(at: 0, cost: 2 * Self.second)
    clock.noteChange(at: 1)
    #expect(clock.due(isQuiet: true) == 100 * Self.second)
  }
}

struct JobCountTests {
  @Test func `a large directory is counted in portions, and only what is a job`() throws {
    let directory = try TemporaryDirectory("count", inMemory: true)
    let layout = SpoolLayout(root: directory.path)
    let queue = try #require(QueueName("q"))
    let shell = Shell(directory: directory.path)
    try #require(
      shell.run(
        """
        mkdir -p {incoming,results,corrupt}/q results/q/1.files; cd incoming/q
        seq -f %g.json 5000 | xargs touch .paused .x.json half.part
        touch ../../results/q/{1,2}.json ../../corrupt/q/{a,b.json,a.reason,b.json.reason}
        """) != nil)
    var count = JobCount(of: [queue], in: layout)
    var portions = 1
    while try count.goOn() { portions += 1 }
    func counted(_ state: JobState) -> Int? {
      count.counts[JobCount.Place(queue: queue, state: state)]
    }
    #expect(counted(.incoming) == 5000 && counted(.results) == 2 && counted(.corrupt) == 2)
    #expect(counted(.deferred) == 0 && counted(.active) == nil)
    #expect(portions == JobState.allCases.count)
  }
}

struct AttemptTallyTests {
  private let directory: TemporaryDirectory
  private let queue: QueueName
  private var path: String { "\(directory.path)/jobs.jsonl" }

  init() throws {
    directory = try TemporaryDirectory("tally", inMemory: true)
    queue = try #require(QueueName("q"))
  }

  private func append(_ text: String) throws {
    try SystemFiles().open(path, .append).write(Array(text.utf8))
  }

  private func line(_ verdict: String, seconds: String = "0.02") -> String {
    #"{"id":"a","queue":"q","worker":"q@1","attempt":1,"seconds":\#(seconds),"verdict":"\#(verdict)","message":"he said \"verdict\":\"no\""}"#
      + "\n"
  }

  private func endings(_ tally: AttemptTally) throws -> [String: Int] {
    while try tally.readOn({ $0 == queue }) {}
    return tally.endings.reduce(into: [:]) { $0[$1.key.verdict] = $1.value }
  }

  @Test func `what stood there before is not counted, half a line waits for its end`() throws {
    try append(line("ok"))
    let tally = try AttemptTally(path)
    #expect(try endings(tally) == [:])
    let text = line("bad input")
    try append(line("ok") + text.prefix(30))
    #expect(try endings(tally) == ["ok": 1])
    try append(String(text.dropFirst(30)))
    #expect(try endings(tally) == ["ok": 1, "bad input": 1])
    #expect(tally.durations[queue]?.total == 2)
  }

  @Test func `a log that is set aside is read to its end, and the new one from its start`() throws {
    let tally = try AttemptTally(path)
    #expect(try endings(tally) == [:])
    try append(line("ok"))
    #expect(try endings(tally) == ["ok": 1])
    try append(line("ok"))
    try SystemFiles().rename(path, to: "\(directory.path)/old.jsonl")
    try append(line("ok") + line("bug"))
    #expect(try endings(tally) == ["ok": 3, "bug": 1])
  }

  @Test func `what others write there does not make numbers without end`() throws {
    let tally = try AttemptTally(path)
    try append("nonsense\n{}\n" + line("ok").replacing("\"q\"", with: "\"other\""))
    try append((0..<200).map { line("made up \($0)") }.joined())
    try append(line("ok", seconds: "-1") + line("ok", seconds: "nan"))
    #expect(try endings(tally).count == 64)
    #expect(tally.durations[queue]?.total == 64)
  }
}
