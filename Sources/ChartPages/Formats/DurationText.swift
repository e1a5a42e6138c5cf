// SPDX-License-Identifier: MIT

/// Milliseconds as people say them: `1h 2m 3.5s`.
enum DurationText {
  private static let units: [(name: String, milliseconds: Double)] = [
    ("y", 31_536_000_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
  ]

  static func text(_ milliseconds: Double, isFine: Bool) -> String {
    // Longer than this no digit of a second is left in a double.
    guard abs(milliseconds) < 1e17 else { return ScriptNumber.text(milliseconds) + "ms" }
    let sign = milliseconds < 0 ? "-" : ""
    var rest = abs(milliseconds)
    guard rest >= 1000 else { return sign + small(rest, isFine: isFine) }
    var parts: [String] = []
    for (name, size) in units where rest >= size {
      parts.append("\(Int(rest / size))\(name)")
      rest = rest.truncatingRemainder(dividingBy: size)
    }
    let seconds = NumberFormat.trimmed(ScriptNumber.fixed((rest / 100).rounded(.down) / 10, 1))
    if seconds != "0" { parts.append(seconds + "s") }
    return sign + parts.joined(separator: " ")
  }

  private static func small(_ milliseconds: Double, isFine: Bool) -> String {
    guard isFine else { return ScriptNumber.fixed(milliseconds, 0) + "ms" }
    let micro = (milliseconds * 1000).truncatingRemainder(dividingBy: 1000)
    var parts: [String] = []
    if milliseconds >= 1 { parts.append("\(Int(milliseconds))ms") }
    if Int(micro) > 0 { parts.append("\(Int(micro))µs") }
    return parts.isEmpty ? "0ms" : parts.joined(separator: " ")
  }
}
