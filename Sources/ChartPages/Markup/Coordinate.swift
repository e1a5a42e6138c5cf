// SPDX-License-Identifier: MIT

extension Double {
  /// A coordinate with two digits after the point; what is no number is drawn at the edge.
  var css: String {
    guard isFinite else { return "0" }
    let cents = (Swift.min(1e9, Swift.max(-1e9, self)) * 100).rounded()
    guard cents != 0 else { return "0" }
    let whole = Int(abs(cents))
    let rest = whole % 100
    let sign = cents < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole / 100)" }
    let digits = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)")
    return "\(sign)\(whole / 100).\(digits)"
  }

  var pixels: String { css + "px" }
}
