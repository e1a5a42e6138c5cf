// SPDX-License-Identifier: MIT
import SystemCalls

/// The directories of task executables, in the order in which they are searched.
package struct TaskExecutables: Sendable, Hashable {
  package let directories: [String]

  /// Directories given on the command line, else those of spool.toml, else the one the program was started from.
  package init(options: [String], settings: SpoolSettings, ownDirectory: String) {
    directories = !options.isEmpty ? options : !settings.bin.isEmpty ? settings.bin : [ownDirectory]
  }

  /// The first file of this name; nil where no directory has one. Whether it can be executed, execve(2) tells.
  package func find(_ name: String) throws(SystemError) -> ExecutableFile? {
    for directory in directories {
      if let file = try ExecutableFile(at: "\(directory)/\(name)") { return file }
    }
    return nil
  }

  package func path(of name: String) throws(SystemError) -> String? { try find(name)?.path }
}

/// A task's executable as it was at a look; another one of the same name is seen as such.
package struct ExecutableFile: Hashable, Sendable {
  package let path: String
  private let device: UInt64
  private let inode: UInt64
  private let changed: Timestamp

  /// Nil where there is none. What a link leads to is what runs.
  init?(at path: String) throws(SystemError) {
    guard let status = try SystemFiles().statusBehindLinks(of: path) else { return nil }
    self.path = path
    device = status.device
    inode = status.inode
    changed = status.changed
  }
}
