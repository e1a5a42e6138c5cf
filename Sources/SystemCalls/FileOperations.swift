// SPDX-License-Identifier: MIT
import Glibc

/// How a file is opened; always with O_CLOEXEC, never through a symbolic link at the end of the path.
package enum OpenMode: Sendable {
  /// For reading; never waits for the other end of a FIFO.
  case read
  /// A new file for writing; an existing name is an error.
  case create
  /// The same for its owner alone, whatever the umask allows.
  case createPrivate
  /// For writing at the end, made where missing.
  case append
  /// For reading and writing, made where missing; an existing content stays.
  case update
  /// For writing to a FIFO that somebody reads; fails where nobody does.
  case poke
}

/// Every file call that a transition of a job makes, so that tests can let each of them fail.
package protocol FileOperations: Sendable {
  /// lstat(2); nil where there is no such name.
  func status(of path: String) throws(SystemError) -> FileStatus?
  func open(_ path: String, _ mode: OpenMode) throws(SystemError) -> OpenFile
  func write(_ bytes: [UInt8], to file: OpenFile) throws(SystemError)
  /// Moves a name; an existing one is never replaced (RENAME_NOREPLACE), but EEXIST.
  func rename(_ source: String, to target: String) throws(SystemError)
  /// Moves a name over whatever stands there; rename(2).
  func replace(_ target: String, with source: String) throws(SystemError)
  func link(_ source: String, to target: String) throws(SystemError)
  /// The same for a name of an open directory, which nobody can exchange for another one meanwhile.
  func link(_ name: String, in directory: OpenFile, to target: String) throws(SystemError)
  func unlink(_ path: String) throws(SystemError)
  /// Cuts a file that is open for writing to this many bytes.
  func truncate(_ file: OpenFile, to size: Int) throws(SystemError)
  func makeDirectory(_ path: String) throws(SystemError)
  func removeDirectory(_ path: String) throws(SystemError)
  /// Gives its owner all rights to a directory.
  func openUp(_ path: String) throws(SystemError)
  func setModified(_ path: String, to moment: Timestamp) throws(SystemError)
  /// The same by an open file: whatever its name leads to meanwhile.
  func setModified(_ file: OpenFile, to moment: Timestamp) throws(SystemError)
  /// Makes the file another user's; fchown(2).
  func giveAway(_ file: OpenFile, to account: Account) throws(SystemError)
  /// An extended attribute `user.NAME`; nil where it is not set or the file system has none. getxattr(2)
  func attribute(_ name: String, of path: String) throws(SystemError) -> String?
  /// False where the file system keeps no attributes. setxattr(2)
  func setAttribute(_ name: String, of path: String, to value: String) throws(SystemError) -> Bool
  /// The same of an open file: whatever its name leads to meanwhile.
  func attribute(_ name: String, of file: OpenFile) throws(SystemError) -> String?
  func setAttribute(_ name: String, of file: OpenFile, to value: String) throws(SystemError) -> Bool
  /// fsync(2). After a failure the file's content must be written anew under another name.
  func sync(_ file: OpenFile) throws(SystemError)
  func syncDirectory(_ path: String) throws(SystemError)
  /// syncfs(2): everything on the file system of this path.
  func syncFileSystem(of path: String) throws(SystemError)
  /// The same by an open file: also where its directory may not be read.
  func syncFileSystem(behind file: OpenFile) throws(SystemError)
  func list(_ directory: String) throws(SystemError) -> DirectoryListing
  /// Removes a directory and everything below it, never following a link; that it is gone already is no error.
  func removeTree(_ path: String) throws(SystemError)
}

extension FileOperations {
  package func exists(_ path: String) throws(SystemError) -> Bool {
    try status(of: path) != nil
  }

  /// Calls `body` with every name but `.` and `..`, in the order of the directory, until it returns false.
  package func forEachName(
    in directory: String, _ body: (String) -> Bool
  ) throws(SystemError) {
    let listing = try list(directory)
    while let name = try listing.next() {
      guard body(name) else { return }
    }
  }

  package func names(in directory: String) throws(SystemError) -> [String] {
    let listing = try list(directory)
    var names: [String] = []
    while let name = try listing.next() { names.append(name) }
    return names
  }

  package func isEmpty(_ directory: String) throws(SystemError) -> Bool {
    try list(directory).next() == nil
  }

  /// The content of a regular file of at most `limit` bytes; more bytes are left unread.
  package func contents(of path: String, limit: Int = .max) throws(SystemError) -> [UInt8] {
    try open(path, .read).readAll(limit: limit)
  }

  /// Opens a file for reading; nil where there is no such name.
  package func openIfPresent(_ path: String) throws(SystemError) -> OpenFile? {
    do { return try open(path, .read) } catch  where error.errno == .noSuchFile { return nil }
  }

  /// Makes the directory and those above it, as far as they are missing.
  package func makeDirectories(_ path: String) throws(SystemError) {
    // What is missing above may be made and swept away again by others; behind a link that leads nowhere it stays missing.
    for isLast in [Bool](repeating: false, count: 20) + [true] {
      do { return try makeDirectory(path) } catch {
        if error.errno == .fileExists { return }
        guard error.errno == .noSuchFile, !isLast else { throw error }
      }
      try makeDirectories(path.parentPath)
    }
  }

  /// Opens a file and waits for its lock; it is made, with its directory, where it is missing.
  ///
  /// Such files are removed and exchanged under their lock: who has waited for one looks again what has the name.
  package func openLocked(_ path: String, _ mode: OpenMode) throws(SystemError) -> OpenFile {
    while true {
      let file = try openMakingDirectories(path, mode)
      try file.lock()
      if try status(of: path)?.inode == file.status().inode { return file }
    }
  }

  private func openMakingDirectories(
    _ path: String, _ mode: OpenMode
  ) throws(SystemError) -> OpenFile {
    do {
      return try open(path, mode)
    } catch  where error.errno == .noSuchFile {
      try makeDirectories(path.parentPath)
      return try open(path, mode)
    }
  }

  /// Removes a name; that it is gone already is no error.
  package func unlinkIfPresent(_ path: String) throws(SystemError) {
    do { try unlink(path) } catch  where error.errno == .noSuchFile { return }
  }

  /// Name by name, so that tests can let each call fail; ``SystemFiles`` does the same by descriptors.
  package func removeTree(_ path: String) throws(SystemError) {
    guard let status = try status(of: path) else { return }
    guard status.kind == .directory else { return try unlinkIfPresent(path) }
    do {
      for name in try names(in: path) { try removeTree("\(path)/\(name)") }
    } catch  where error.errno == .accessDenied {
      // A task may have taken our rights away; they are its owner's to give.
      try openUp(path)
      for name in try names(in: path) { try removeTree("\(path)/\(name)") }
    }
    do { try removeDirectory(path) } catch  where error.errno == .noSuchFile { return }
  }

  /// A whole new file under its final name, or nothing: written aside, synced, renamed, the directory synced.
  ///
  /// - Parameter permissions: exactly these; else as the umask leaves them.
  /// - Important: replaces what stands under the name.
  package func publish(
    _ bytes: [UInt8], as path: String, permissions: mode_t? = nil, modified: Timestamp? = nil
  ) throws(SystemError) {
    let aside = path.asidePath
    try clear(aside)
    let file = try open(aside, .create)
    if let permissions { try file.setPermissions(permissions) }
    try write(bytes, to: file)
    if let modified { try setModified(file, to: modified) }
    try sync(file)
    // Commit point: the whole content appears under the name.
    try replace(path, with: aside)
    try syncDirectory(path.parentPath)
  }

  /// Frees a name that is ours alone; in a directory open to others one of them may have made a directory of it.
  package func clear(_ path: String) throws(SystemError) {
    do { try unlinkIfPresent(path) } catch  where error.errno == .isADirectory {
      try removeTree(path)
    }
  }

  /// Makes files and the directories of their names durable: few one by one, many with one sync of all.
  ///
  /// One syncfs(2) costs a tenth of a hundred fsync(2), but also waits for what others write.
  package func makeDurable(
    _ files: [OpenFile], in directories: Set<String>, of root: String
  ) throws(SystemError) {
    guard files.count <= Durability.singleSyncLimit else {
      return try syncFileSystem(of: root)
    }
    for file in files { try sync(file) }
    for directory in directories { try syncDirectory(directory) }
  }

  /// Makes the names in directories durable: few one by one, many with one sync of all.
  package func syncDirectories(
    _ directories: Set<String>, of root: String
  ) throws(SystemError) {
    guard directories.count <= Durability.singleSyncLimit else {
      return try syncFileSystem(of: root)
    }
    for directory in directories { try syncDirectory(directory) }
  }
}

/// Numbers of durability.
package enum Durability {
  /// Up to this many files are synced one by one; beyond, one sync of the file system is cheaper.
  package static let singleSyncLimit = 2
}

/// By bytes: to Swift, a slash with an accent upon it is another character than a slash, and to look at characters is slow.
extension String {
  /// The path without its last part.
  package var parentPath: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  /// The last part of the path.
  package var lastPathPart: String {
    utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[utf8.index(after: $0)...]) } ?? self
  }

  /// A hidden name beside this one, for content that is not complete yet.
  package var asidePath: String { "\(parentPath)/.\(lastPathPart).new" }
}
