// SPDX-License-Identifier: MIT
import CeleryMessages
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// The real Celery on the other side, unmodified: as producer, as client, and as the worker that we are compared with.
///
/// Needs PyPI; where that is out of reach it says so and proves nothing.
@Suite(.serialized) struct CeleryClientTests {
  private static let scripts = #filePath.parentPath + "/client"
  /// The one that Superset 4.1 pins, with its kombu, and the newest.
  private static let versions = ["celery==5.4.0 kombu==5.3.7", "celery==5.7.0 kombu==5.7.0"]

  /// A directory with Celery in an environment of Python's.
  private func environment(_ version: String) throws -> (TemporaryDirectory, Shell)? {
    let directory = try TemporaryDirectory("celery")
    let shell = Shell(
      directory: directory.path,
      variables: ["FOLDER=\(directory.path)/f", "PYTHONDONTWRITEBYTECODE=1"], patience: 150)
    let install = """
      python3 -m venv env && timeout 100 env/bin/pip install -q --retries 1 \
        --disable-pip-version-check \(version)
      """
    guard shell.run(install) != nil else {
      print("SKIPPED: comparison with \(version): it could not be had from PyPI")
      return nil
    }
    return (directory, shell)
  }

  @Test(arguments: versions)
  func `messages say to us what they say to kombu`(_ version: String) throws {
    guard let (directory, shell) = try environment(version) else { return }
    let count = 1000
    let command = "env/bin/python '\(Self.scripts)/messages.py' 1 \(count) 2>errors"
    let lines = try #require(shell.run(command))
    var read = 0
    for line in lines.split(separator: "\n") {
      let kombus = try JSONValue(parsing: line.utf8)
      let name = try #require(kombus["name"]?.stringValue)
      let file = try #require(CeleryFileName(name))
      let bytes = try SystemFiles().contents(of: "\(directory.path)/f/q/\(name)")
      let message = try CeleryMessage(parsing: bytes)
      #expect(message.exchange != "" || message.routingKey == file.queue)
      let differences = try Self.differences(message, kombus)
      #expect(differences == [], "\(name)")
      read += 1
    }
    print("\(version): \(read) messages")
    #expect(read >= count)
  }

  /// What is not the same in our writing of the message as kombu reads it in its own.
  private static func differences(
    _ message: CeleryMessage, _ kombus: JSONValue
  ) throws -> [String] {
    let ours = try JSONValue(parsing: message.bytes(deliveryTag: "none"))
    var wrong: [String] = []
    for part in ["headers", "properties"] {
      let unread = ["argsrepr", "kwargsrepr", "compression", "expiration", "body_encoding"]
      for (name, theirs) in kombus[part]?.objectValue ?? [:] where !unread.contains(name) {
        let our = ours[part]?[name]
        let moments = [our, theirs].map { $0?.stringValue.flatMap(CeleryInstant.init(iso8601:)) }
        let isMoment = ["eta", "expires"].contains(name) && !theirs.isNull
        if isMoment ? moments[0] == nil || moments[0] != moments[1] : our != theirs {
          wrong.append("\(name): \(String(describing: our)), not \(theirs)")
        }
      }
    }
    let body = kombus["body"]?.arrayValue ?? []
    if body.first != .array(message.args) { wrong.append("args") }
    if body[1] != .object(message.kwargs) { wrong.append("kwargs") }
    let embed: [(String, [CelerySignature])] = [
      ("callbacks", message.callbacks), ("errbacks", message.errbacks), ("chain", message.chain),
    ]
    for (name, signatures) in embed
    where signatures.map(\.json) != body[2][name]?.arrayValue ?? [] {
      wrong.append(name)
    }
    return wrong
  }

  @Test(arguments: versions)
  func `results that we write are understood by the client`(_ version: String) throws {
    guard let (directory, shell) = try environment(version) else { return }
    for (name, bytes) in Self.results() {
      try directory.write(String(decoding: bytes, as: UTF8.self), to: "f/results/\(name)")
    }
    let report = try #require(shell.run("env/bin/python '\(Self.scripts)/results.py' 2>&1"))
    #expect(report == "Celery: 0 wrong")
    print("\(version): \(report)")
  }

  private static func results() -> [(String, [UInt8])] {
    let now = CeleryInstant(microseconds: 1_795_982_400_250_000)
    var message = CeleryMessage(task: "app.mark", id: "success", args: [1], kwargs: ["a": "ä"])
    message.retries = 2
    message.routingKey = "reports"
    message.parentID = "parent"
    var success = CeleryResult.success("success", ["ä": [1, 2.5, .null, "☃😀"]], at: now)
      .of(message)
    success.extended = CeleryResult.Extended(of: message, worker: "spool@host")
    let group = CeleryNode.group("group", [.task("one"), .task("two")])
    var parent = CeleryResult.success("parent", "root", at: now)
    parent.children = [.task("success"), group]
    var results = [success, parent]
    for id in ["one", "two"] {
      var member = CeleryMessage(task: "app.mark", id: id)
      member.group = "group"
      results.append(CeleryResult.success(id, .string(id), at: now).of(member))
    }
    let boom = CeleryException(type: "Boom", arguments: ["bad ☃", 42], module: "app")
    let failures: [(String, CeleryException)] = [
      ("failure", boom), ("builtin", CeleryException(type: "KeyError", arguments: ["k"])),
      ("stranger", CeleryException(type: "DiskFull", arguments: ["no room"], module: "spool")),
      ("chord", CeleryChordUnlock.exception(because: "one", boom)),
      ("hard", .timeLimitExceeded(seconds: 20)), ("soft", .softTimeLimitExceeded),
      ("lost", .workerLost("signal 9")),
    ]
    results += failures.map {
      .failure($0.0, $0.1, traceback: "Traceback ...\nBoom: ☃\n", at: now)
    }
    results += [
      .revoked("revoked", "terminated", at: now), .retry("retry", boom, traceback: nil),
      .success("numbers", .array(numbers()), at: now),
      .started("started", pid: 7, host: "spool@host"), .progress("progress", ["done": 1]),
    ]
    var files = results.map { (CeleryResult.fileName(ofTask: $0.id) ?? "", $0.bytes) }
    files.append((CeleryResult.fileName(ofGroup: "group") ?? "", group.savedGroupBytes))
    return files
  }

  /// Python writes some of them in another way than Swift does.
  private static func numbers() -> [JSONValue] {
    let random = (0..<10_000).map { _ in Double(bitPattern: .random(in: 0...(.max))) }
    let border = (0..<10_000).map { _ in Double.random(in: 1e15...1e17) }
    let small = (0..<10_000).map { _ in Double.random(in: 1e-6...1e-3) }
    return (random.filter(\.isFinite) + border + small).map { .double($0) } + [.integer(.min)]
  }

  /// Chains, groups, chords, callbacks and errbacks in one another, as nobody would write them; SEED makes others.
  @Test(arguments: versions)
  func `what follows a task is what follows it in Celery`(_ version: String) throws {
    guard let (directory, shell) = try environment(version) else { return }
    let count = 100
    for folder in ["ours/q", "ours/results", "theirs/q"] {
      try SystemFiles().makeDirectories("\(directory.path)/\(folder)")
    }
    let command = """
      (timeout 140 env/bin/python '\(Self.scripts)/canvas.py' ${SEED:-7} \(count) "$PWD/theirs" "$PWD/ours" \
        >report 2>&1; touch done) >/dev/null 2>&1 </dev/null &
      """
    try #require(shell.run(command) != nil)
    let worker = TestWorker(folder: "\(directory.path)/ours")
    let loop = try EventLoop()
    while try !SystemFiles().exists("\(directory.path)/done") {
      try worker.turn()
      loop.turn(.milliseconds(20))
    }
    let report = try directory.read("report")
    print("\(version): \(report.suffix(400))")
    #expect(report.hasSuffix(" 0 missing, 0 wrong\n"), "\(report)")
  }
}
