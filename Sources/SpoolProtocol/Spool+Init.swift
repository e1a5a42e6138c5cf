// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

extension Spool {
  /// Makes the tree, its `spool.toml`, its `crontab` and a README line in each directory.
  ///
  /// What stands already is never touched, so that a second time is harmless.
  ///
  /// - Parameter residents: queues whose task is to stay.
  package func initialize(
    queues: [QueueName], metadataURL: String? = nil, residents: [QueueName] = []
  ) throws(SystemError) {
    if try !files.exists(layout.root) {
      try files.makeDirectories(layout.root)
      // Jobs hold what people ask and results what they were told: whom it concerns, its owner decides.
      let root = try DirectoryAccess(layout.root)
      try root.setPermissions(root.status.permissions & 0o750)
    }
    for (name, line) in SpoolTemplate.directories {
      let directory = "\(layout.root)/\(name)"
      try files.makeDirectories(directory)
      try write(line + "\n", ifMissing: "\(directory)/\(SpoolLayout.readme)")
    }
    for queue in queues + residents { try addQueue(queue) }
    // It may be given the password of a database.
    try write(
      SpoolTemplate.configuration(metadataURL: metadataURL, residents: residents),
      ifMissing: layout.configuration, permissions: 0o640)
    try write(SpoolTemplate.crontab, ifMissing: layout.crontab)
    try files.syncDirectory(layout.root)
  }

  /// Makes the directories of a queue; with the first one it is there.
  package func addQueue(_ queue: QueueName) throws(SystemError) {
    for state in [JobState.deferred, .hold, .results, .errors, .corrupt, .incoming] {
      try files.makeDirectories(layout.directory(of: state, queue))
    }
  }

  private func write(
    _ text: String, ifMissing path: String, permissions: mode_t? = nil
  ) throws(SystemError) {
    guard try !files.exists(path) else { return }
    try files.publish(Array(text.utf8), as: path, permissions: permissions)
  }
}
