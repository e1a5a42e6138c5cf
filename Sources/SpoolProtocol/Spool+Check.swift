// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// One look at the whole spool; changes nothing.
  ///
  /// - Important: a running spool moves under the look: only what a second one confirms is wrong.
  package func check(at now: Timestamp) throws(SystemError) -> CheckReport {
    var check = SpoolCheck(self, at: now)
    try check.run()
    return check.report
  }
}

/// One look, while it is being made.
struct SpoolCheck {
  /// A half-written file of ours is named so for moments; a minute later its program is dead.
  static let leftoverAge: Duration = .seconds(60)

  let spool: Spool
  let now: Timestamp
  var report = CheckReport()
  /// The places of each id, by queue.
  var places: [QueueName: [JobID: [String]]] = [:]
  private var device: UInt64 = 0
  /// Of the whole spool: another group of a directory was chosen for it.
  private(set) var rootGroup: UInt32 = 0

  var layout: SpoolLayout { spool.layout }

  init(_ spool: Spool, at now: Timestamp) {
    self.spool = spool
    self.now = now
  }

  mutating func run() throws(SystemError) {
    guard let root = try spool.files.status(of: layout.root) else {
      return find(layout.root, "does not exist")
    }
    device = root.device
    rootGroup = root.group
    for path in [layout.configuration, layout.crontab] { try checkConfiguration(path) }
    for path in [layout.cache, layout.events, layout.log, layout.temporary] {
      _ = try isDirectory(path)
    }
    try checkWorkers()
    for state in JobState.allCases where state != .active { try checkState(state) }
    checkDuplicates()
    try checkModes()
  }

  mutating func find(_ path: String, _ sentence: String) {
    report.findings.insert(SpoolFinding(path, sentence))
  }

  private mutating func checkConfiguration(_ path: String) throws(SystemError) {
    guard let status = try spool.files.status(of: path) else { return }
    if status.kind != .regular { find(path, "is \(status.kind.rawValue), not a regular file") }
    if status.permissions & 0o002 != 0 { find(path, "can be written by everybody") }
  }

  /// A state's directory: its queues, and nothing else.
  private mutating func checkState(_ state: JobState) throws(SystemError) {
    let directory = layout.directory(of: state)
    guard try isDirectory(directory) else { return }
    for name in try names(in: directory) where name != SpoolLayout.readme {
      let path = "\(directory)/\(name)"
      if let queue = QueueName(name), try kind(of: path) == .directory {
        if try isDirectory(path) { try checkQueue(queue, in: state) }
      } else {
        let isDrop = try isAwaitingDispatch(name, path)
        guard state != .incoming || !isDrop else { continue }
        find(path, "is no queue: only directories with a proper name stand here")
      }
    }
  }

  /// Straight in incoming/ an envelope may stand until the dispatcher takes it.
  private func isAwaitingDispatch(_ name: String, _ path: String) throws(SystemError) -> Bool {
    if NameRule.isProducersOwn(name) { return true }
    guard JobName(fileName: name) != nil else { return false }
    return try kind(of: path) == .regular
  }

  private mutating func checkDuplicates() {
    for ids in places.values {
      for (id, paths) in ids where paths.count > 1 {
        find(paths[0], "the job \(id) also stands in \(paths.dropFirst().joined(separator: ", "))")
      }
    }
  }

  // MARK: looking

  /// Names without those that are ours and under way; old ones of these are found.
  mutating func names(in directory: String) throws(SystemError) -> [String] {
    var names: [String] = []
    for name in try spool.files.names(in: directory).sorted() {
      if name.hasPrefix("."), name.hasSuffix(".new") {
        try checkLeftover("\(directory)/\(name)")
      } else if !name.hasPrefix(".") {
        names.append(name)
      }
    }
    return names
  }

  private mutating func checkLeftover(_ path: String) throws(SystemError) {
    guard let status = try spool.files.status(of: path) else { return }
    if now - status.changed > Self.leftoverAge {
      find(path, "was left half-written by a program that died; it can be removed")
    }
  }

  func kind(of path: String) throws(SystemError) -> FileStatus.Kind? {
    try spool.files.status(of: path)?.kind
  }

  /// True for a directory of the spool's own file system; anything else is found.
  mutating func isDirectory(_ path: String) throws(SystemError) -> Bool {
    guard let status = try spool.files.status(of: path) else {
      find(path, "is missing; spool init makes it")
      return false
    }
    guard status.kind == .directory else {
      find(path, "is \(status.kind.rawValue), not a directory")
      return false
    }
    if status.device != device {
      find(path, "lies on another file system, so that nothing can be moved into it")
    }
    return true
  }
}
