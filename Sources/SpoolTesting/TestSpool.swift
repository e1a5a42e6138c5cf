// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// A whole spool of its own: a tree, task executables and a running `spoold`, all of it gone with the last reference.
///
/// The programs are those that the test run built, beside the test itself.
package final class TestSpool {
  /// Long enough for a loaded machine; a test that waits so long has failed.
  package static let patience: Duration = .seconds(90)

  private let directory: TemporaryDirectory
  package let root: String
  /// Where the tasks lie.
  package let bin: String
  private let shell: Shell
  package private(set) var dispatcher: ChildProcess?

  /// - Parameter place: an existing directory for the tree itself, where it has to be on a file system of its own.
  package init(
    _ tasks: [String: String] = ["echo": "exec cat"], queues: [String]? = nil,
    at place: String? = nil,
    configuration: String = ""
  ) throws(SystemError) {
    directory = try TemporaryDirectory("spool")
    root = (place ?? directory.path) + "/spool"
    bin = directory.path + "/bin"
    shell = Shell(directory: root, variables: ["BIN=\(bin)"])
    let files = SystemFiles()
    for name in [
      "results", "errors", "corrupt", "active", "deferred", "hold", "log", "tmp", "state",
    ] {
      try files.makeDirectories("\(root)/\(name)")
    }
    for name in ["cache", "events", "incoming"]
      + (queues ?? tasks.keys.sorted()).map({ "incoming/\($0)" })
    {
      try files.makeDirectories("\(root)/\(name)")
    }
    try files.makeDirectories(bin)
    try directory.write(configuration, to: "spool.toml")
    if !configuration.isEmpty { try put(configuration, at: "spool.toml") }
    for (name, script) in tasks { try task(name, script) }
  }

  deinit { killEverything() }

  // MARK: the dispatcher

  /// Starts `spoold`; a prefix is a program that runs it, such as strace.
  package func start(
    under prefix: [String] = [], limits: String = "", program: String? = nil
  ) throws(SystemError) {
    let spoold = program ?? RunningProgram.path.parentPath + "/spoold"
    let command = prefix + [spoold, "--bin", bin, root]
    let line = "\(limits) exec " + command.map { "'\($0)'" }.joined(separator: " ")
    var plan = ChildPlan("/bin/bash", ["-c", line], environment: Self.environment)
    let messages = try SystemFiles().open(directory.path + "/messages", .append)
    plan.descriptors = [try SystemFiles().open("/dev/null", .read), messages, messages]
    dispatcher = try ChildProcess.start(plan)
  }

  /// Starts the dispatcher with one of the programs running in another, such as strace: itself, or its workers.
  package func start(wrapping name: String, in prefix: [String]) throws(SystemError) {
    let programs = RunningProgram.path.parentPath
    try SystemFiles().makeDirectories("\(directory.path)/programs")
    for program in ["spoold", "spool-worker", "spool-watch"] {
      let wrapper = program == name && name != "spoold"
      let own = "\(directory.path)/programs/\(program)"
      if wrapper {
        let words = (prefix + ["\(programs)/\(program)"]).map { "'\($0)'" }
        try directory.write(
          "#!/bin/bash\nexec \(words.joined(separator: " ")) \"$@\"\n", to: "programs/\(program)")
        chmod(own, 0o755)
      } else {
        // Not a symbolic link: the programs look for each other beside the real file.
        run("cp -l '\(programs)/\(program)' '\(own)' || cp '\(programs)/\(program)' '\(own)'")
      }
    }
    try start(under: name == "spoold" ? prefix : [], program: "\(directory.path)/programs/spoold")
  }

  /// Kills the dispatcher and whatever it was run by; its workers live on.
  package func killDispatcher() {
    for pid in processes(running: "/spoold") + processes(running: "strace") { kill(pid, SIGKILL) }
    _ = dispatcherEnd()
  }

  /// What `spoold` and its workers have said.
  package var messages: String { (try? directory.read("messages")) ?? "" }

  /// Sends a signal and waits for the dispatcher's end; nil where it does not come.
  @discardableResult
  package func end(with signal: Signal = .terminate) -> ProcessEnd.Cause? {
    dispatcher?.send(signal)
    return dispatcherEnd()
  }

  package func dispatcherEnd() -> ProcessEnd.Cause? {
    var cause: ProcessEnd.Cause?
    guard let dispatcher else { return nil }
    guard
      waits(until: {
        cause = dispatcher.reap()?.cause; return cause != nil
      })
    else { return nil }
    self.dispatcher = nil
    return cause
  }

  // MARK: processes

  /// Processes that have anything to do with this spool, zombies not counted.
  package var processes: [pid_t] {
    let names = (try? SystemFiles().names(in: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { pid in
      pid != getpid() && ["cmdline", "environ"].contains { mentionsUs("/proc/\(pid)/\($0)") }
    }
  }

  /// Those of them whose command line contains this text.
  package func processes(running text: String) -> [pid_t] {
    processes.filter { pid in Self.text(of: "/proc/\(pid)/cmdline").contains(text) }
  }

  private func mentionsUs(_ path: String) -> Bool {
    Self.text(of: path).split(separator: "\0").contains { word in
      word.contains(directory.path + "/") || word.contains(root)
    }
  }

  private static func text(of path: String) -> String {
    String(decoding: (try? SystemFiles().contents(of: path)) ?? [], as: UTF8.self)
  }

  /// Ends every process of this spool at once, as a power cut does.
  package func killEverything() {
    // What is killed may leave a child behind that only then shows.
    for _ in 0..<100 {
      let living = processes
      if living.isEmpty { break }
      for pid in living { kill(pid, SIGKILL) }
      usleep(5000)
    }
    while let dispatcher, dispatcher.reap() == nil { usleep(1000) }
    dispatcher = nil
  }

  // MARK: files

  /// Makes or replaces a task: a bash script, unless it brings a first line of its own.
  package func task(_ name: String, _ script: String, mode: mode_t = 0o755) throws(SystemError) {
    let text = script.hasPrefix("#!") ? script : "#!/bin/bash\n\(script)\n"
    try directory.write(text, to: "new/\(name)")
    chmod("\(directory.path)/new/\(name)", mode)
    try SystemFiles().replace("\(bin)/\(name)", with: "\(directory.path)/new/\(name)")
  }

  /// Puts a whole file into the tree with one rename.
  package func put(_ text: String, at name: String) throws(SystemError) {
    let aside = "\(root)/tmp/\(UInt64.random(in: 0...UInt64.max))"
    let files = SystemFiles()
    try files.write(Array(text.utf8), to: files.open(aside, .create))
    try files.replace("\(root)/\(name)", with: aside)
  }

  package func read(_ name: String) -> String? {
    try? String(decoding: SystemFiles().contents(of: "\(root)/\(name)"), as: UTF8.self)
  }

  package func exists(_ name: String) -> Bool {
    (try? SystemFiles().exists("\(root)/\(name)")) == true
  }

  /// The names in a directory, hidden ones not counted, in order.
  package func names(in name: String) -> [String] {
    ((try? SystemFiles().names(in: "\(root)/\(name)")) ?? []).filter { !$0.isHidden }.sorted()
  }

  /// Runs bash in the root of the spool, `$BIN` being the directory of the tasks; nil where it failed.
  @discardableResult
  package func run(_ command: String) -> String? { shell.run(command) }

  // MARK: waiting

  /// False where the condition has not come true in time.
  package func waits(for time: Duration = patience, until condition: () -> Bool) -> Bool {
    let end = SystemClock.monotonic() + time.nanoseconds
    while !condition() {
      guard SystemClock.monotonic() < end else {
        if time >= Self.patience { tellState() }
        return false
      }
      usleep(2000)
    }
    return true
  }

  /// Waited for in vain: what the programs said, and where the jobs stand, tell why.
  private func tellState() {
    let tree = run("ls -lR incoming deferred active | tail -n 60") ?? "no spool"
    print("WAITED IN VAIN in \(root):\n\(messages.suffix(3000))\n\(tree)")
  }

  package func waits(for name: String) -> Bool { waits { exists(name) } }

  /// No job waits, runs or is put off, at one and the same instant.
  package var isEmpty: Bool { QueueLook(root).isEmpty }

  /// Waits until no job waits, runs or is put off, and everything that was done is written down.
  package func waitsUntilEmpty(for time: Duration = patience) -> Bool {
    waits(for: time) { isEmpty }
  }

  private static let environment = [
    "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "TEST=spool",
  ]
}
