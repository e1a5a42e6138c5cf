// SPDX-License-Identifier: MIT

/// A system call that failed: what was wanted, with which file, and why not.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The wish in words, as in "unable to rename".
  package let verb: String
  package let path: String
  package let errno: Errno

  package init(_ verb: String, _ path: String, _ errno: Errno) {
    self.verb = verb
    self.path = path
    self.errno = errno
  }

  package var description: String { "unable to \(verb) \(path): \(errno)" }
}

extension SystemError {
  /// What `body` returns, its error number put together with the wish and the path.
  static func naming<Value>(
    _ verb: String, _ path: String, _ body: () throws(Errno) -> Value
  ) throws(SystemError) -> Value {
    do { return try body() } catch { throw SystemError(verb, path, error) }
  }
}
