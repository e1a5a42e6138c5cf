// SPDX-License-Identifier: MIT
import JSONValues

/// A chart's conditional formatting: which cells get a colour behind them, and how strong it is.
struct CellRules {
  private struct Rule {
    let column: String
    let test: String
    let low: Double?
    let high: Double?
    let target: Double?
    let colour: Colour
    /// From where colours grow to where they are full.
    var reach: (from: Double, to: Double)?
  }

  private var rules: [Rule] = []

  init(_ chart: Chart, _ table: DataTable) {
    for item in (chart.form["conditional_formatting"]).list.prefix(50) {
      guard let column = item["column"]?.stringValue,
        let colour = item["colorScheme"]?.stringValue.flatMap(Self.colour)
      else { continue }
      var rule = Rule(
        column: column, test: item["operator"]?.stringValue ?? "None",
        low: item["targetValueLeft"]?.plotted, high: item["targetValueRight"]?.plotted,
        target: item["targetValue"]?.plotted, colour: colour)
      let values = table.rows.compactMap { $0[column]?.plotted }
      if let low = values.min(), let high = values.max() {
        rule.reach = Self.reach(rule, low, high)
      }
      rules.append(rule)
    }
  }

  private static func colour(_ name: String) -> Colour? {
    switch name {
    case "colorSuccess", "colorSuccessBg": Colour(0xACE1C4)
    case "colorWarning", "colorWarningBg": Colour(0xFDE380)
    case "colorError", "colorErrorBg": Colour(0xEFA1AA)
    default: Colour(name)
    }
  }

  /// The colour of the last rule that holds, mixed into the page's.
  func colour(of column: String, _ value: Double?, on card: Colour) -> Colour? {
    guard let value else { return nil }
    return rules.last { $0.column == column && Self.holds($0, value) }.map { rule in
      card.mixed(with: rule.colour, Self.strength(rule, value))
    }
  }

  private static func holds(_ rule: Rule, _ value: Double) -> Bool {
    let target = rule.target ?? .nan
    let (low, high) = (rule.low ?? .nan, rule.high ?? .nan)
    switch rule.test {
    case "None": return true
    case ">": return value > target
    case "<": return value < target
    case "≥": return value >= target
    case "≤": return value <= target
    case "=": return value == target
    case "≠": return value != target
    case "< x <": return low < value && value < high
    case "≤ x ≤": return low <= value && value <= high
    case "≤ x <": return low <= value && value < high
    case "< x ≤": return low < value && value <= high
    default: return false
    }
  }

  /// - Parameters: the column's lowest and highest values.
  private static func reach(
    _ rule: Rule, _ low: Double, _ high: Double
  ) -> (from: Double, to: Double)? {
    let target = rule.target ?? low
    switch rule.test {
    case ">", "≥": return (target, high)
    case "<", "≤": return (target, low)
    case "≠": return (target, abs(high - target) > abs(target - low) ? high : low)
    case "=": return nil
    case "None": return (low, high)
    default: return (rule.low ?? low, rule.high ?? high)
    }
  }

  /// The further from the bound, the stronger; never less than a little where there is a bound.
  private static func strength(_ rule: Rule, _ value: Double) -> Double {
    guard let reach = rule.reach, reach.from != reach.to else { return 1 }
    let least = rule.test == "None" ? 0 : 0.05
    return min(1, abs((1 - least) * (value - reach.from) / (reach.to - reach.from)) + least)
  }
}
