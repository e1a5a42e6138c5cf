// SPDX-License-Identifier: MIT

/// What the kernel lets a child have at most; nil, or more than the parent may have itself, leaves what that has.
///
/// See setrlimit(2). All of it goes over to the child's own children, each of which has its own count.
package struct ResourceLimits: Hashable, Sendable {
  /// Bytes of any one file that it writes; SIGXFSZ.
  package var fileSize: Int?
  /// Bytes of address space; calls fail with ENOMEM.
  package var memory: Int?
  /// Descriptors at the same time; calls fail with EMFILE.
  package var openFiles: Int?
  /// Seconds of processor time; SIGXCPU, and SIGKILL a second of it later.
  package var cpuSeconds: Int?

  package init() {}

  /// As `struct spool_child` has it.
  func raw(_ limit: KeyPath<ResourceLimits, Int?>) -> UInt64 {
    self[keyPath: limit].flatMap(UInt64.init(exactly:)) ?? .max
  }
}
