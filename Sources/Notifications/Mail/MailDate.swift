// SPDX-License-Identifier: MIT
import SystemCalls

/// A moment as mail has it: `Sun, 29 Nov 2026 23:54:40 +0000`.
enum MailDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func text(_ moment: Timestamp) -> String {
    // 2026-11-29T23:54:40.120Z
    let parts = moment.iso8601.split { "-T.".contains($0) }
    let day = Int((moment.seconds / 86_400).rounded(.down))
    let weekday = days[((day % 7) + 7) % 7]
    let month = months[((Int(parts[1]) ?? 1) + 11) % 12]
    return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3]) +0000"
  }
}
