// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls

/// One round of a sweep: some jobs, one program under strace that is hit once, then whole programs to tidy up.
struct Sweep {
  private let spool: TestSpool
  private let ids: [String]

  /// - Parameter settings: of the queue, a line each.
  init(task: String, ids: [String], settings: String = "") throws {
    self.ids = ids
    spool = try TestSpool(
      ["task": task],
      configuration: "[defaults]\nretry_pause = 0.05\nworkers = 1\ncrash_limit = 9\n\(settings)")
    for id in ids where !["linked", "eta", "chain"].contains(id) {
      try spool.put("{\"id\":\"\(id)\"}", at: "incoming/task/\(id).json")
    }
    try spool.put(
      #"{"task":"task","kwargs":{"id":"chain"},"then":[{"task":"task"},{"task":"task"}]}"#,
      at: "incoming/task/chain.json")
    try spool.put("no job", at: "incoming/task/corrupt.json")
    // Due at once, but only after it has been looked at.
    let eta = SystemClock.now() + .milliseconds(300)
    try spool.put(
      #"{"task":"task","eta":"\#(eta.iso8601)","kwargs":{"id":"eta"}}"#, at: "incoming/eta.json")
    try spool.put(#"{"id":"linked"}"#, at: "tmp/other-name")
    // Root's own is not taken by a second name where another user's tasks may have given it.
    if !settings.isEmpty { spool.run("chown 61011 tmp/other-name") }
    spool.run("ln tmp/other-name incoming/task/linked.json")
  }

  /// True where the call was made so often that it was hit.
  func run(
    _ program: String, _ call: String, _ fault: String, _ occurrence: Int
  ) throws -> Bool {
    let inject = "inject=\(call):\(fault):when=\(occurrence)"
    let tracer = [
      "strace", "-o", "\(spool.root)/tmp/trace", "-e", "trace=\(call)", "-e", inject,
    ]
    try spool.start(wrapping: program, in: tracer)
    var wasHit = false
    _ = spool.waits(for: .seconds(6)) {
      wasHit = wasHit || wasInjected
      return spool.isEmpty || (wasHit && spool.processes(running: "/spoold").isEmpty)
    }
    wasHit = wasHit || wasInjected
    spool.killDispatcher()
    return wasHit
  }

  private var wasInjected: Bool {
    let trace = spool.read("tmp/trace") ?? ""
    return trace.contains("(INJECTED)") || trace.contains("killed by SIGKILL")
  }

  /// What is wrong after sound programs have been at it.
  func complaints() throws -> [String] {
    try spool.start()
    var complaints: [String] = []
    try spool.put("{}", at: "incoming/task/last.json")
    if !spool.waits(for: "results/task/last.json") { complaints.append("it does not go on") }
    if !spool.waitsUntilEmpty() { complaints.append("unfinished: \(spool.messages.suffix(500))") }
    for id in ids {
      let place = id == "bad" ? "errors" : "results"
      let found = ["results", "errors", "corrupt"].filter { spool.exists("\($0)/task/\(id).json") }
      if found != [place] { complaints.append("\(id) ended in \(found)") }
      let text = spool.read("\(place)/task/\(id).json")
      if text != "{\"id\":\"\(id)\"}" { complaints.append("\(id) says \(text ?? "nothing")") }
    }
    for step in ["chain+1", "chain+2"]
    where spool.read("results/task/\(step).json") != #"{"input":{"id":"chain"}}"# {
      complaints.append("\(step) is lost")
    }
    let steps = spool.names(in: "results/task").filter { $0.hasPrefix("chain+") }
    if steps.count != 2 { complaints.append("the steps of chain: \(steps)") }
    if spool.read("results/task/good.files/data") != "data\n" {
      complaints.append("no file of good")
    }
    if !spool.exists("errors/task/bad.error") { complaints.append("no reason of bad") }
    if spool.read("corrupt/task/corrupt.json") != "no job" { complaints.append("corrupt is lost") }
    if spool.end() != .exited(0) { complaints.append("spoold did not stop") }
    return complaints
  }
}
