// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls

/// A whole spool on a disk, under load, whose power is cut again and again.
final class CutLoad {
  private let disk: Disk
  private let spool: TestSpool
  /// What is not on the disk: what was told to producers, and what tasks have begun.
  private let outside: TemporaryDirectory
  /// Said before the programs are started; where it sets LD_PRELOAD, their syncs are not what they seem.
  private let preamble: String
  private(set) var oracle = CutOracle()

  /// As many rounds end with all work done and everything looked at; in the others a cut follows a cut.
  private static let settleEvery = 4
  private static let programs = RunningProgram.path.parentPath

  init(on disk: Disk, preamble: String = "") throws {
    self.disk = disk
    self.preamble = preamble
    outside = try TemporaryDirectory("outside")
    spool = try TestSpool(
      ["task": CutJob.task(outside: outside.path)], at: disk.path,
      configuration: "[defaults]\nretry_pause = 0.02\ntries = 1000\ncrash_limit = 1000\n")
    sync()
  }

  func run(cuts: Int) throws {
    for number in 1...cuts where oracle.complaints.isEmpty {
      try cut(number)
      if number % Self.settleEvery == 0 || number == cuts { try settle() }
    }
  }

  /// One round: recovery from the cut before, load, the next cut at any moment of the two.
  private func cut(_ number: Int) throws {
    try spool.start(limits: preamble)
    let producers = [
      try start(submitting, round: number), try start(copying, round: number),
    ]
    waitForSign(number)
    usleep(.random(in: 0..<150_000))
    let seen = JobPlaces(spool)
    disk.cut(Disk.Cut.allCases.randomElement() ?? .journalLost)
    spool.killEverything()
    for producer in producers { while producer.reap() == nil { usleep(1000) } }
    disk.restore()
    oracle.note(accepted: try told("accepted"), begun: try told("begun"), seen: seen)
    oracle.judge(spool, after: seen)
  }

  /// However slow the machine is: one cut in three finds jobs that run, another one jobs that were accepted.
  private func waitForSign(_ number: Int) {
    guard let sign = [1: "begun", 2: "accepted"][number % 3] else { return }
    let path = "\(outside.path)/\(sign)"
    if !spool.waits(until: { (try? SystemFiles().exists(path)) == true }) {
      oracle.complain("no job was \(sign): \(spool.messages.suffix(2000))")
    }
  }

  /// Everything is done, without a cut; then what has ended is taken away.
  private func settle() throws {
    guard oracle.complaints.isEmpty else { return }
    try spool.start(limits: preamble)
    let isDone = spool.waitsUntilEmpty()
    if !isDone { oracle.complain("it does not end: \(spool.messages.suffix(2000))") }
    if spool.end() != .exited(0) { oracle.complain("spoold did not stop") }
    let check = spool.run("'\(Self.programs)/spool' check . || true")
    oracle.judgeEnd(spool, check: check ?? "it failed")
    _ = try told("begun")
    spool.run(
      "rm -rf results/task/* errors/task/* corrupt/task tmp/* incoming/task/.[!.]*; sync -f .")
  }

  /// The lines that were written outside of the disk since the last look.
  private func told(_ name: String) throws -> [String] {
    guard let text = try? outside.read(name) else { return [] }
    try SystemFiles().unlink("\(outside.path)/\(name)")
    return text.split(separator: "\n").map(String.init)
  }

  // MARK: producers

  /// Writes down what `spool submit` has taken, and only that.
  private let submitting = """
    for ((n = 0; ; n++)); do
      id=${kinds[n % 5]}-s$round-$n
      job $id > submitted
      "$programs/spool" --spool "$root" submit task submitted --id $id >/dev/null 2>&1 && echo $id >> accepted
    done
    """

  /// Drops bursts with cp and ln, which sync nothing.
  private let copying = """
    mkdir -p copied
    for ((n = 0; ; n++)); do
      rm -f copied/*
      for m in 1 2 3 4 5 6; do id=${kinds[(n + m) % 5]}-c$round-$n-$m; job $id > copied/$id.json; done
      cp copied/*.json "$root/incoming/task/" 2>/dev/null
      id=ok-l$round-$n
      job $id > "$root/tmp/$round-$n" && ln "$root/tmp/$round-$n" "$root/incoming/task/$id.json"
    done 2>/dev/null
    """

  private func start(_ loop: String, round: Int) throws -> ChildProcess {
    let variables = "root='\(spool.root)'; programs='\(Self.programs)'; round=\(round)"
    var plan = ChildPlan(
      "/bin/bash", ["-c", "\(preamble) \(variables)\n\(CutJob.shellFunctions)\n\(loop)"],
      environment: ["PATH=/usr/bin:/bin"])
    plan.directory = outside.path
    plan.descriptors = try (0..<3).map { _ in try SystemFiles().open("/dev/null", .update) }
    return try ChildProcess.start(plan)
  }
}
