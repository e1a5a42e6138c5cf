// SPDX-License-Identifier: MIT
import Synchronization
import SystemCalls

/// What befalls the one call that is chosen.
package enum Fault: Sendable, Hashable {
  /// The call fails, a write after half of its bytes; the calls after it work.
  case error(Errno)
  /// The process is gone: the call, a write after half of its bytes, and every later one fail.
  case kill
}

/// A sync of one sort.
package enum Sync: CaseIterable, Sendable { case file, directory, fileSystem }

/// File operations of which the n-th call goes wrong, so that every step of a transition can be tested.
package final class FaultyFiles: FileOperations {
  /// The error number of calls that a killed process would never have made.
  package static let dead = Errno(rawValue: 130)

  private let files: any FileOperations
  private let target: Int
  private let fault: Fault
  /// Syncs that only say that they were made.
  private let forgotten: Sync?
  private let calls = Mutex(0)

  /// Lets the call of this number go wrong, the first being 1; later numbers than calls are made change nothing.
  package init(
    _ files: any FileOperations = SystemFiles(), failingAt target: Int, as fault: Fault,
    forgetting forgotten: Sync? = nil
  ) {
    self.files = files
    self.forgotten = forgotten
    self.target = target
    self.fault = fault
  }

  /// Files whose process is killed at the n-th call.
  package static func killedAt(
    _ target: Int, _ files: any FileOperations = SystemFiles()
  ) -> FaultyFiles {
    FaultyFiles(files, failingAt: target, as: .kill)
  }

  /// How many calls were made, the failing ones included.
  package var callCount: Int { calls.withLock { $0 } }

  /// Whether the chosen call has been made: a loop over n ends when it has not.
  package var hasFailed: Bool { callCount >= target }

  /// The error of this call, where it is its turn.
  private func nextFault() -> Errno? {
    let number = calls.withLock { count in
      count += 1
      return count
    }
    switch fault {
    case .error(let errno): return number == target ? errno : nil
    case .kill: return number >= target ? Self.dead : nil
    }
  }

  private func step(_ path: String) throws(SystemError) {
    if let errno = nextFault() { throw SystemError("go on with", path, errno) }
  }
}

extension FaultyFiles {
  package func status(of path: String) throws(SystemError) -> FileStatus? {
    try step(path)
    return try files.status(of: path)
  }

  package func open(_ path: String, _ mode: OpenMode) throws(SystemError) -> OpenFile {
    try step(path)
    return try files.open(path, mode)
  }

  package func write(_ bytes: [UInt8], to file: OpenFile) throws(SystemError) {
    guard let errno = nextFault() else { return try files.write(bytes, to: file) }
    // A dead process writes nothing any more; a dying one may have written a part.
    if hasJustFailed { try files.write(Array(bytes.prefix(bytes.count / 2)), to: file) }
    throw SystemError("go on with", file.path, errno)
  }

  private var hasJustFailed: Bool { callCount == target }

  package func rename(_ source: String, to target: String) throws(SystemError) {
    try step(source)
    try files.rename(source, to: target)
  }

  package func replace(_ target: String, with source: String) throws(SystemError) {
    try step(source)
    try files.replace(target, with: source)
  }

  package func link(_ source: String, to target: String) throws(SystemError) {
    try step(source)
    try files.link(source, to: target)
  }

  package func link(
    _ name: String, in directory: OpenFile, to target: String
  ) throws(SystemError) {
    try step(name)
    try files.link(name, in: directory, to: target)
  }

  package func unlink(_ path: String) throws(SystemError) {
    try step(path)
    try files.unlink(path)
  }

  package func truncate(_ file: OpenFile, to size: Int) throws(SystemError) {
    try step(file.path)
    try files.truncate(file, to: size)
  }

  package func makeDirectory(_ path: String) throws(SystemError) {
    try step(path)
    try files.makeDirectory(path)
  }

  package func removeDirectory(_ path: String) throws(SystemError) {
    try step(path)
    try files.removeDirectory(path)
  }

  package func openUp(_ path: String) throws(SystemError) {
    try step(path)
    try files.openUp(path)
  }

  package func setModified(_ path: String, to moment: Timestamp) throws(SystemError) {
    try step(path)
    try files.setModified(path, to: moment)
  }

  package func setModified(_ file: OpenFile, to moment: Timestamp) throws(SystemError) {
    try step(file.path)
    try files.setModified(file, to: moment)
  }

  package func giveAway(_ file: OpenFile, to account: Account) throws(SystemError) {
    try step(file.path)
    try files.giveAway(file, to: account)
  }

  package func attribute(_ name: String, of file: OpenFile) throws(SystemError) -> String? {
    try step(file.path)
    return try files.attribute(name, of: file)
  }

  package func setAttribute(
    _ name: String, of file: OpenFile, to value: String
  ) throws(SystemError) -> Bool {
    try step(file.path)
    return try files.setAttribute(name, of: file, to: value)
  }

  package func attribute(_ name: String, of path: String) throws(SystemError) -> String? {
    try step(path)
    return try files.attribute(name, of: path)
  }

  package func setAttribute(
    _ name: String, of path: String, to value: String
  ) throws(SystemError) -> Bool {
    try step(path)
    return try files.setAttribute(name, of: path, to: value)
  }

  package func sync(_ file: OpenFile) throws(SystemError) {
    try step(file.path)
    if forgotten != .file { try files.sync(file) }
  }

  package func syncDirectory(_ path: String) throws(SystemError) {
    try step(path)
    if forgotten != .directory { try files.syncDirectory(path) }
  }

  package func syncFileSystem(of path: String) throws(SystemError) {
    try step(path)
    if forgotten != .fileSystem { try files.syncFileSystem(of: path) }
  }

  package func syncFileSystem(behind file: OpenFile) throws(SystemError) {
    try step(file.path)
    if forgotten != .fileSystem { try files.syncFileSystem(behind: file) }
  }

  package func list(_ directory: String) throws(SystemError) -> DirectoryListing {
    try step(directory)
    return try files.list(directory)
  }
}
