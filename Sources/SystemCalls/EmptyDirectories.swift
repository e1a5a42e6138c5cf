// SPDX-License-Identifier: MIT

/// Directories by whether they were empty when they were last listed: until they change, a look at each is enough.
///
/// The time of its last change, which nobody can set, tells of every name that comes or goes. A listing costs seven calls,
/// a look one.
package final class EmptyDirectories {
  /// Directories that are remembered; more than anybody has in use.
  private static let limit = 1024

  private struct Place: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  private struct Finding {
    let changed: Timestamp
    let isEmpty: Bool
  }

  private var findings: [Place: Finding] = [:]
  private let files: any FileOperations

  package init(_ files: any FileOperations) { self.files = files }

  /// Whether there is a directory of this path, and no name in it.
  package func contains(_ path: String) throws(SystemError) -> Bool {
    guard let status = try files.status(of: path), status.kind == .directory else { return false }
    let place = Place(device: status.device, inode: status.inode)
    if let found = findings[place], found.changed == status.changed { return found.isEmpty }
    let now = SystemClock.now()
    let isEmpty = try files.isEmpty(path)
    findings[place] = nil
    if status.isSettled(at: now) {
      if findings.count >= Self.limit { findings = [:] }
      findings[place] = Finding(changed: status.changed, isEmpty: isEmpty)
    }
    return isEmpty
  }

  /// Within one tick of the file system's clock a further change leaves the time as it is: ten milliseconds at most, but
  /// where inodes are small, whole seconds are kept.
  static func tick(of time: Timestamp) -> Duration {
    time.nanoseconds % 1_000_000_000 == 0 ? .seconds(3) : .milliseconds(20)
  }
}
