// SPDX-License-Identifier: MIT

/// A number format as Superset's charts name it: one of d3's, or one of its own.
enum ValueFormat: Hashable {
  case smart(isSigned: Bool)
  case d3(NumberFormat)
  case duration(isFine: Bool)
  case memory(isBinary: Bool)
  case invalid(String)

  static let percent = ValueFormat(",.2%")

  /// Nothing and blanks mean Superset's adaptive format.
  init(_ name: String?) {
    let name = (name ?? "").filter { !$0.isNewline }
    switch name.uppercased() {
    case "", "SMART_NUMBER", "OVER_MAX_HIDDEN": self = .smart(isSigned: false)
    case "SMART_NUMBER_SIGNED": self = .smart(isSigned: true)
    case "DURATION": self = .duration(isFine: false)
    case "DURATION_SUB": self = .duration(isFine: true)
    case "MEMORY_DECIMAL": self = .memory(isBinary: false)
    case "MEMORY_BINARY": self = .memory(isBinary: true)
    default: self = NumberFormat(name).map(ValueFormat.d3) ?? .invalid(name)
    }
  }

  func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-∞" : "∞" }
    switch self {
    case .smart(let isSigned): return (isSigned && number > 0 ? "+" : "") + Self.smart(number)
    case .d3(let format): return format.text(number)
    case .duration(let isFine): return DurationText.text(number, isFine: isFine)
    case .memory(let isBinary): return Self.memory(number, isBinary: isBinary)
    case .invalid(let name): return "\(ScriptNumber.text(number)) (Invalid format: \(name))"
    }
  }

  private static let si = NumberFormat(".3~s")
  private static let twoDecimals = NumberFormat(".2~f")
  private static let fourDecimals = NumberFormat(".4~f")

  /// What Superset calls adaptive: billions are B, and very small numbers millionths.
  private static func smart(_ number: Double) -> String {
    let size = abs(number)
    if size == 0 { return "0" }
    if size >= 1000 { return (si?.text(number) ?? "").replacing("G", with: "B") }
    if size >= 1 { return twoDecimals?.text(number) ?? "" }
    if size >= 0.001 { return fourDecimals?.text(number) ?? "" }
    if size > 0.000_001 { return (si?.text(number * 1_000_000) ?? "") + "µ" }
    return si?.text(number) ?? ""
  }

  private static func memory(_ number: Double, isBinary: Bool) -> String {
    guard number != 0 else { return "0B" }
    let units =
      isBinary
      ? ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
      : ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    let base: Double = isBinary ? 1024 : 1000
    var (size, step) = (abs(number), 0)
    while size >= base, step < units.count - 1 {
      size /= base
      step += 1
    }
    let digits = NumberFormat.trimmed(ScriptNumber.fixed(size, 2))
    return (number < 0 ? "-" : "") + digits + units[step]
  }
}
