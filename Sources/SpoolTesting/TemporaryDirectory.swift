// SPDX-License-Identifier: MIT
import SystemCalls

/// A directory of its own for one test; removed with its last reference.
package final class TemporaryDirectory {
  package let path: String

  /// In memory where that is asked for and there is such a place: syncs cost nothing there.
  package init(_ name: String = "test", inMemory: Bool = false) throws(SystemError) {
    let hasMemory = try SystemFiles().exists("/dev/shm")
    let parent = inMemory && hasMemory ? "/dev/shm" : "/tmp"
    path = "\(parent)/spool-\(name)-\(UInt64.random(in: 0...UInt64.max))"
    try SystemFiles().makeDirectory(path)
  }

  // What cannot be removed lies in /tmp, where it harms no other test.
  deinit { try? SystemFiles().removeTree(path) }

  /// Writes a file below the directory, with the directories above it.
  package func write(_ text: String, to name: String) throws(SystemError) {
    let files = SystemFiles()
    try files.makeDirectories("\(path)/\(name)".parentPath)
    try files.unlinkIfPresent("\(path)/\(name)")
    try files.write(Array(text.utf8), to: files.open("\(path)/\(name)", .create))
  }

  /// The content of a file below the directory.
  package func read(_ name: String) throws(SystemError) -> String {
    String(decoding: try SystemFiles().contents(of: "\(path)/\(name)"), as: UTF8.self)
  }
}
