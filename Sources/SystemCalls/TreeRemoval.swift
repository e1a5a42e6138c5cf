// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// Removes a directory and everything below it through descriptors: whoever may write there can exchange a directory for
/// a link at any moment, and nothing outside is ever reached.
struct TreeRemoval {
  /// Directories that are held open at a time; what lies deeper is moved up first.
  private static let depthLimit = 16

  private let path: String
  private var top: OpenFile?
  private var moved = 0

  init(_ path: String) { self.path = path }

  /// That something is gone already is no error.
  mutating func run() throws(SystemError) {
    guard let top = try open(path, in: nil) else { return }
    self.top = top
    var before = -1
    // Again where something was moved up into it.
    while before != moved {
      before = moved
      try empty(top, depth: 1)
    }
    try remove(path, in: nil, AT_REMOVEDIR, top.path)
  }

  private mutating func empty(_ directory: OpenFile, depth: Int) throws(SystemError) {
    let listing = try DirectoryListing(of: directory)
    while let name = try listing.next() {
      let shown = "\(directory.path)/\(name)"
      do {
        try remove(name, in: directory, 0, shown)
      } catch  where error.errno == .isADirectory || error.errno == .notPermitted {
        guard let inner = try open(name, in: directory) else { continue }
        if depth == Self.depthLimit, try moveUp(name, of: directory) { continue }
        try empty(inner, depth: depth + 1)
        try remove(name, in: directory, AT_REMOVEDIR, shown)
      }
    }
  }

  private mutating func moveUp(_ name: String, of directory: OpenFile) throws(SystemError) -> Bool {
    guard let top else { return false }
    moved += 1
    let target = ".deep\(moved)"
    _ = try SystemError.naming("move up", "\(directory.path)/\(name)") { () throws(Errno) in
      try Errno.valueOrErrno {
        PathText.withCString(name) { renameat(directory.descriptor, $0, top.descriptor, target) }
      }
    }
    return true
  }

  private func remove(
    _ name: String, in directory: OpenFile?, _ flags: CInt, _ shown: String
  ) throws(SystemError) {
    do {
      _ = try Errno.valueOrErrno {
        PathText.withCString(name) { unlinkat(directory?.descriptor ?? AT_FDCWD, $0, flags) }
      }
    } catch  where error == .noSuchFile {
      return
    } catch  where error == .notADirectory && flags == AT_REMOVEDIR {
      // Exchanged for something else since it was emptied: that goes as it is.
      try remove(name, in: directory, 0, shown)
    } catch {
      throw SystemError("remove", shown, error)
    }
  }

  /// The directory of this name, with all rights for its owner; nil where there is none any more.
  private func open(_ name: String, in directory: OpenFile?) throws(SystemError) -> OpenFile? {
    let shown = directory.map { "\($0.path)/\(name)" } ?? name
    do {
      return OpenFile(descriptor: try open(name, directory, O_RDONLY), path: shown)
    } catch  where error == .noSuchFile {
      return nil
    } catch  where error == .accessDenied {
      // A task may have taken our rights away; they are its owner's to give.
      return try SystemError.naming("change the mode of", shown) { () throws(Errno) in
        let descriptor = try Errno.valueOrErrno {
          PathText.withCString(name) { spool_open_up(directory?.descriptor ?? AT_FDCWD, $0) }
        }
        return OpenFile(descriptor: descriptor, path: shown)
      }
    } catch  where error == .notADirectory || error == .tooManyLinks {
      // Exchanged for something else since we looked: that goes as it is.
      try remove(name, in: directory, 0, shown)
      return nil
    } catch {
      throw SystemError("list", shown, error)
    }
  }

  private func open(
    _ name: String, _ directory: OpenFile?, _ flags: CInt
  ) throws(Errno) -> CInt {
    try Errno.valueOrErrno {
      PathText.withCString(name) {
        spool_open_at(
          directory?.descriptor ?? AT_FDCWD, $0,
          flags | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      }
    }
  }
}
