// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// A terminal that is drawn on as a whole and read key by key; as it was before once this is gone. termios(3)
package final class Terminal {
  /// Where keys come from.
  package let keys: OpenFile
  private let screen: OpenFile
  private let before: termios

  /// Whether a program's standard input and output are both a terminal.
  package static var isThere: Bool { isatty(0) == 1 && isatty(1) == 1 }

  /// Takes the terminal of the standard input and output over.
  package init() throws(SystemError) {
    keys = OpenFile(descriptor: dup(0), path: "the terminal")
    screen = OpenFile(descriptor: dup(1), path: "the terminal")
    var mode = termios()
    _ = try SystemError.naming("use", "the terminal") { () throws(Errno) in
      try Errno.valueOrErrno { tcgetattr(0, &mode) }
    }
    before = mode
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    // Ctrl-Z would leave the shell with a terminal that shows nothing of what is typed.
    Self.disable(VSUSP, in: &mode)
    tcsetattr(0, TCSADRAIN, &mode)
    // The other screen, without a cursor.
    try screen.write(Array("\u{1B}[?1049h\u{1B}[?25l".utf8))
  }

  deinit {
    var mode = before
    // A terminal that is gone cannot be mended.
    try? screen.write(Array("\u{1B}[?25h\u{1B}[?1049l".utf8))
    tcsetattr(0, TCSADRAIN, &mode)
  }

  /// Replaces what is shown; lines and columns beyond the screen are cut off.
  package func draw(_ lines: [String]) throws(SystemError) {
    let (rows, columns) = size
    let shown = lines.prefix(rows).map { "\($0.prefix(columns))\u{1B}[K" }
    try screen.write(Array("\u{1B}[H\(shown.joined(separator: "\r\n"))\u{1B}[J".utf8))
  }

  /// Rows and columns; 24 and 80 where the terminal does not tell.
  private var size: (rows: Int, columns: Int) {
    var rows: UInt16 = 0
    var columns: UInt16 = 0
    guard spool_terminal_size(screen.descriptor, &rows, &columns) == 0, rows > 0, columns > 0 else {
      return (24, 80)
    }
    return (Int(rows), Int(columns))
  }

  private static func disable(_ key: CInt, in mode: inout termios) {
    withUnsafeMutableBytes(of: &mode.c_cc) { $0[Int(key)] = 0 }
  }
}
