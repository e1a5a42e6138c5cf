// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// What one look at the crontab's file found.
package enum CrontabReading: Hashable, Sendable {
  case missing
  /// Somebody has it open for writing: what it says now is not what it will say.
  case beingWritten
  case text([UInt8])

  /// Larger than anybody writes by hand.
  private static let sizeLimit = 4 << 20

  package init(of spool: Spool) throws(SystemError) {
    guard let file = try spool.files.openIfPresent(spool.layout.crontab) else {
      self = .missing
      return
    }
    self =
      file.hasWriter() == true
      ? .beingWritten : .text(try file.readAll(limit: Self.sizeLimit))
  }
}
