// SPDX-License-Identifier: MIT
import Glibc

/// The processes of one group, whoever's children they have become; /proc/PID/stat, proc(5).
package enum ProcessGroup {
  /// Those that live; a dead one that nobody has reaped yet is none.
  package static func members(of group: pid_t) -> [pid_t] {
    let names = (try? SystemFiles().names(in: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { process in
      // The state and two numbers on: the process's parent, and its group.
      let fields = fields(of: process)
      return fields.count > 2 && fields[2] == "\(group)" && !["Z", "X"].contains(fields[0])
    }
  }

  /// Memory that the group has for itself: what files and shared memory take is not counted.
  ///
  /// PSS would be exact, but a process that hides itself, as those in a sandbox do, shows it to root alone.
  package static func privateBytes(of group: pid_t) -> Int {
    members(of: group).reduce(0) { sum, process in
      // Pages: size, resident, of these shared.
      let words = text(of: "/proc/\(process)/statm").split(separator: " ").compactMap { Int($0) }
      return words.count > 2 ? sum + max(0, words[1] - words[2]) * Int(getpagesize()) : sum
    }
  }

  /// Ends every process of the group, and returns when none lives any more, or after the time.
  ///
  /// - Returns: whether none is left.
  package static func end(_ group: pid_t, within time: Duration) -> Bool {
    let end = SystemClock.monotonic() + time.nanoseconds
    while true {
      kill(-group, Signal.kill.rawValue)
      if members(of: group).isEmpty { return true }
      guard SystemClock.monotonic() < end else { return false }
      // They end at once or within some milliseconds; those that are not our children tell nobody here.
      usleep(2_000)
    }
  }

  /// Whether the process was started as this program.
  package static func runs(_ program: String, _ process: pid_t) -> Bool {
    text(of: "/proc/\(process)/cmdline").split(separator: "\0").first.map(String.init) == program
  }

  private static func fields(of process: pid_t) -> [Substring] {
    let text = text(of: "/proc/\(process)/stat")
    // The command's name may hold anything.
    guard let end = text.lastIndex(of: ")") else { return [] }
    return text[text.index(after: end)...].split(separator: " ", maxSplits: 3)
  }

  /// Empty for a process that has ended meanwhile.
  private static func text(of path: String) -> String {
    String(decoding: (try? SystemFiles().contents(of: path, limit: 4_096)) ?? [], as: UTF8.self)
  }
}
