// SPDX-License-Identifier: MIT
import CSystemCalls
import Glibc

/// What a living process, its ended children included, has used so far; /proc/PID/stat and status, proc(5).
package final class ProcessUsage {
  package struct Snapshot: Hashable, Sendable {
    package var userSeconds = 0.0
    package var systemSeconds = 0.0
    /// Memory that it has now.
    package var residentBytes = 0
    /// The most that it had at any time, as of the last look at it.
    package var peakBytes = 0

    package init() {}
  }

  /// The kernel sums up the process's memory map for the peak, so it is not asked more often.
  private static let peakPause: Int64 = 100_000_000

  private let pid: pid_t
  private let counters: OpenFile
  private let memory: OpenFile
  private var peak = 0
  private var nextPeak: Int64 = 0

  package init(of child: ChildProcess) throws(SystemError) {
    pid = child.pid
    counters = try SystemFiles().open("/proc/\(pid)/stat", .read)
    memory = try SystemFiles().open("/proc/\(pid)/status", .read)
  }

  package func look() throws(SystemError) -> Snapshot {
    var snapshot = Snapshot()
    let fields = try Self.fields(counters)
    // From the third field on: utime and stime, with those of its children, in ticks; rss in pages.
    guard fields.count > 21 else { return snapshot }
    snapshot.userSeconds = Self.seconds(fields[11] + fields[13])
    snapshot.systemSeconds = Self.seconds(fields[12] + fields[14])
    snapshot.residentBytes = fields[21] * Int(getpagesize())
    let now = SystemClock.monotonic()
    if now >= nextPeak {
      nextPeak = now + Self.peakPause
      peak = try readPeak()
    }
    snapshot.peakBytes = max(peak, snapshot.residentBytes)
    return snapshot
  }

  /// Lets the process use so many seconds of processor time from now on; it gets SIGXCPU after them. setrlimit(2)
  package func limitProcessorTime(to seconds: Int) throws(SystemError) {
    let used = try look()
    let end = UInt64((used.userSeconds + used.systemSeconds).rounded(.up)) + UInt64(seconds)
    _ = try SystemError.naming("limit", "process \(pid)") { () throws(Errno) in
      try Errno.valueOrErrno { spool_limit_cpu(pid, end) }
    }
  }

  /// What follows the command's name, which may hold anything; 0 for what is no number.
  private static func fields(_ file: OpenFile) throws(SystemError) -> [Int] {
    // Byte by byte: this is read after every job of a resident task, and costs ten times as much in characters.
    let bytes = try file.readStart(4096)
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return [] }
    return bytes[(end + 1)...].split(separator: UInt8(ascii: " "), maxSplits: 22).map(number)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { number, byte in
      let digit = Int(byte) - Int(UInt8(ascii: "0"))
      return (0...9).contains(digit) ? number &* 10 &+ digit : number
    }
  }

  private static let ticksPerSecond = Double(sysconf(CInt(_SC_CLK_TCK)))

  private static func seconds(_ ticks: Int) -> Double { Double(ticks) / ticksPerSecond }

  private func readPeak() throws(SystemError) -> Int {
    let text = String(decoding: try memory.readStart(8192), as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return (kilobytes.flatMap { Int($0) } ?? 0) * 1024
  }
}
