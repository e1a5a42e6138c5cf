// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls
import Testing

extension PowerCutCase {
  private static let job = Array(#"{"task":"noop","then":[{"task":"noop","id":"b"}]}"#.utf8)
  private static let step: [UInt8] =
    Array(#"{"task":"noop","id":"b","kwargs":{"input":"#.utf8) + CrashSpool.output
    + Array("}}".utf8)

  private static func give(_ crash: CrashSpool) throws {
    let job = try crash.job("a.json")
    try crash.place(Self.job, at: crash.sound.layout.active(job, of: crash.worker))
    try crash.settle()
    try crash.begin(job)
  }

  /// The job may be asked for its step again for as long as its file stands; where it has gone, the step is on the disk.
  private static let isFollowed: Verdict = { before, after, isWhole in
    var complaints: [String] = []
    if !after.stands("a", in: .active) {
      if after.places["b"]?.count != 1 { complaints.append("the step is lost") }
      if !after.stands("a", in: .results) { complaints.append("the result is lost") }
    }
    if isWhole, after.places["b"] != ["incoming/b.json"] {
      complaints.append("the step does not wait, although the move had returned")
    }
    for place in after.places["b"] ?? [] where after.contents[place] != step {
      complaints.append("\(place) holds \(after.contents[place]?.count ?? 0) bytes, not its own")
    }
    return complaints
  }

  static let chains: [PowerCutCase] = [
    PowerCutCase("finish of one with a step") { crash in
      try give(crash)
    } transition: { spool, crash in
      try spool.finish([crash.job("a.json")], of: crash.worker)
    } verdict: { before, after, isWhole in
      isFollowed(before, after, isWhole)
    },
    PowerCutCase("reclaim of a finished one with a step") { crash in
      try give(crash)
      let job = try crash.job("a.json")
      // As finish leaves it: the output has gone to where the result stands.
      try crash.sound.files.rename(
        crash.sound.layout.runOutput(job.id, of: crash.worker),
        to: crash.sound.layout.result(job.id, in: crash.queue))
      try crash.settle()
    } transition: { spool, crash in
      _ = try spool.reclaim(
        crash.job("a.json"), of: crash.worker, within: CrashSpool.limits, at: SystemClock.now())
    } verdict: { before, after, isWhole in
      isFollowed(before, after, isWhole)
    },
  ]
}
