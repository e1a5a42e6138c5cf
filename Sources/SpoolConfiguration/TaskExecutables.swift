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
  package func path(of name: String) throws(SystemError) -> String? {
    for directory in directories {
      let path = "\(directory)/\(name)"
      if try SystemFiles().exists(path) { return path }
    }
    return nil
  }
}
