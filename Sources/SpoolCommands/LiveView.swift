// SPDX-License-Identifier: MIT
import SpoolProtocol
import SystemCalls

/// `spool top` on a terminal: looks once a second, until q, Ctrl-C or the end of the terminal.
package final class LiveView {
  /// Between two looks; more where a look takes long, so that it never costs more than a third of the time.
  private static let pause: Duration = .seconds(1)

  private let spool: Spool
  private let loop: EventLoop
  private let signals: SignalFile
  private let terminal: Terminal
  private var isOver = false

  package init(of spool: Spool) throws(SystemError) {
    self.spool = spool
    loop = try EventLoop()
    signals = try SignalFile([.terminate, .interrupt, .hangUp, .windowChanged])
    terminal = try Terminal()
    try loop.watch(signals.file.descriptor) { [unowned self] in takeSignals() }
    try loop.watch(terminal.keys.descriptor) { [unowned self] in takeKeys() }
  }

  /// Returns when the person has had enough; the terminal is as it was once this object is gone.
  package func run() throws(SystemError) {
    while !isOver {
      let start = SystemClock.monotonic()
      try terminal.draw(SpoolView(of: spool, at: SystemClock.now()).lines)
      let cost: Duration = .nanoseconds(SystemClock.monotonic() - start)
      loop.turn(max(Self.pause, cost * 2))
    }
  }

  private func takeSignals() {
    while let signal = signals.next() {
      if signal != .windowChanged { isOver = true }
    }
  }

  /// The end of the keys is the end of the terminal.
  private func takeKeys() {
    let keys = (try? terminal.keys.readSome(64)) ?? []
    if keys.isEmpty || keys.contains(UInt8(ascii: "q")) { isOver = true }
  }
}
