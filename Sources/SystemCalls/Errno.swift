// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// An error number of errno(3).
package struct Errno: RawRepresentable, Error, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: CInt

  package init(rawValue: CInt) { self.rawValue = rawValue }

  package static let notPermitted = Errno(rawValue: EPERM)
  package static let noSuchFile = Errno(rawValue: ENOENT)
  package static let noSuchProcess = Errno(rawValue: ESRCH)
  package static let interrupted = Errno(rawValue: EINTR)
  package static let ioError = Errno(rawValue: EIO)
  package static let noSuchReader = Errno(rawValue: ENXIO)
  package static let tryAgain = Errno(rawValue: EAGAIN)
  package static let noMemory = Errno(rawValue: ENOMEM)
  package static let accessDenied = Errno(rawValue: EACCES)
  package static let fileExists = Errno(rawValue: EEXIST)
  package static let crossDevice = Errno(rawValue: EXDEV)
  package static let notADirectory = Errno(rawValue: ENOTDIR)
  package static let isADirectory = Errno(rawValue: EISDIR)
  package static let invalidArgument = Errno(rawValue: EINVAL)
  package static let systemFilesFull = Errno(rawValue: ENFILE)
  package static let tooManyOpenFiles = Errno(rawValue: EMFILE)
  package static let noSpace = Errno(rawValue: ENOSPC)
  package static let quotaExceeded = Errno(rawValue: EDQUOT)
  package static let readOnlyFileSystem = Errno(rawValue: EROFS)
  package static let nameTooLong = Errno(rawValue: ENAMETOOLONG)
  package static let notEmpty = Errno(rawValue: ENOTEMPTY)
  package static let tooManyLinks = Errno(rawValue: ELOOP)
  package static let brokenPipe = Errno(rawValue: EPIPE)
  package static let noAttribute = Errno(rawValue: ENODATA)
  package static let notSupported = Errno(rawValue: ENOTSUP)
  package static let badExecutable = Errno(rawValue: ENOEXEC)

  /// The machine is short of something now; the same call may succeed later.
  package var isShortage: Bool {
    switch self {
    case .noSpace, .quotaExceeded, .tooManyOpenFiles, .systemFilesFull, .noMemory, .tryAgain,
      .ioError, .readOnlyFileSystem:
      true
    default: false
    }
  }

  /// This process or the machine may open no further file now.
  package var isOutOfDescriptors: Bool { self == .tooManyOpenFiles || self == .systemFilesFull }

  package var description: String { String(cString: strerror(rawValue)) }

  /// The result of a call, made again for as long as a signal interrupts it.
  static func valueOrErrno(_ call: () -> CInt) throws(Errno) -> CInt {
    while true {
      let value = call()
      guard value == -1 else { return value }
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
  }

  /// The same for calls that return a count.
  static func countOrErrno(_ call: () -> Int) throws(Errno) -> Int {
    while true {
      let count = call()
      guard count == -1 else { return count }
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
  }
}
