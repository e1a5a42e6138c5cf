// SPDX-License-Identifier: MIT
import SystemCalls

/// One running spool-watch: requests go in, lines come out.
final class WatchProgram {
  let process: ChildProcess
  /// Where lines can be read; its end is the end of the program.
  let lines: OpenFile
  private let requests: OpenFile
  private var rest: [UInt8] = []

  /// Starts the program; it ends with this process, and when ``requests`` is closed.
  init(_ path: String, directories: [String]) throws(SystemError) {
    let input = try PipeEnds()
    let output = try PipeEnds()
    var plan = ChildPlan(path, ["-"] + directories, environment: [])
    // What goes wrong is said on its stdout; its library's remarks are of no use to anybody.
    plan.descriptors = [input.reading, output.writing, try SystemFiles().open("/dev/null", .poke)]
    plan.diesWithParent = true
    process = try ChildProcess.start(plan)
    requests = input.writing
    lines = output.reading
    try requests.stopWaiting()
    try lines.stopWaiting()
  }

  /// Asks for one more directory; a program that does not read its requests is an error.
  func request(_ directory: String) throws(SystemError) {
    try requests.write([UInt8(ascii: "+")] + WatchLine.escaped(directory) + [UInt8(ascii: "\n")])
  }

  /// The whole lines that have arrived; nil once the program has closed its output.
  func nextLines() -> [WatchLine]? {
    guard let bytes = nextBytes() else { return nil }
    rest.append(contentsOf: bytes)
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let whole = rest[..<end].split(separator: UInt8(ascii: "\n"))
    rest.removeSubrange(...end)
    return whole.compactMap { WatchLine($0) }
  }

  private func nextBytes() -> [UInt8]? {
    do {
      let bytes = try lines.readSome(64 * 1024)
      return bytes.isEmpty ? nil : bytes
    } catch {
      return error.errno == .tryAgain ? [] : nil
    }
  }

  /// Ends the program and waits until it is gone; a killed process is gone within the time of a system call.
  func kill() {
    process.send(.kill)
    guard let loop = try? EventLoop() else { return }  // Reaped by init then, when we end.
    try? loop.watch(process.pidfd.descriptor) {}
    while process.reap() == nil { loop.turn(.milliseconds(10)) }
  }
}
