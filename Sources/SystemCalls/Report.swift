// SPDX-License-Identifier: MIT
import Glibc

/// How much a line matters; the numbers are those of syslog(3).
package enum Priority: Int, Sendable {
  /// Something was refused, and is tried again or given up.
  case error = 3
  /// Something works less well than it should, or a person is wanted.
  case warning = 4
  /// Somebody's job or task was at fault.
  case notice = 5
  /// Nothing to do.
  case info = 6
}

/// Where a program's lines go, whichever part of it has something to say.
package struct Report {
  private let write: (String, Priority) -> Void

  package init(_ write: @escaping (_ line: String, _ priority: Priority) -> Void) {
    self.write = write
  }

  /// To standard error: to the journal with the priority in front, elsewhere with the program's name.
  ///
  /// - Parameter journal: `$JOURNAL_STREAM`, by which systemd.exec(5) tells what the journal reads.
  package init(named name: String, journal: String?) {
    let isJournal = journal.map { $0 == Self.standardError } ?? false
    self.init { line, priority in
      let start = isJournal ? "<\(priority.rawValue)>" : "\(name): "
      let bytes = Array("\(start)\(Self.oneLine(line))\n".utf8)
      _ = Glibc.write(2, bytes, bytes.count)
    }
  }

  package func callAsFunction(_ line: String, _ priority: Priority = .warning) {
    write(line, priority)
  }

  /// Device and inode of what standard error is.
  private static var standardError: String? {
    var raw = stat()
    return fstat(2, &raw) == 0 ? "\(raw.st_dev):\(raw.st_ino)" : nil
  }

  /// What others wrote may have several lines, and would pass for lines of ours.
  private static func oneLine(_ text: String) -> String {
    text.contains(where: \.isNewline)
      ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : text
  }
}
