// SPDX-License-Identifier: MIT
import JSONValues

/// Which colour a label has: the dashboard's choice for it, or the next one of the scheme.
struct ColourScale {
  private let scheme: [UInt32]
  private let chosen: [String: Colour]
  private var given: [String: Colour] = [:]
  private var next = 0

  /// - Parameter labels: Superset's `label_colors`, names to colours.
  init(scheme name: String?, labels: JSONValue?) {
    scheme = CategoricalScheme.colours(named: name)
    chosen = (labels?.objectValue ?? [:]).elements.reduce(into: [:]) { chosen, member in
      chosen[member.key] = member.value.stringValue.flatMap(Colour.init)
    }
  }

  mutating func colour(of label: String) -> Colour {
    if let colour = chosen[label] ?? given[label] { return colour }
    let colour = Colour(scheme[next % scheme.count])
    next += 1
    given[label] = colour
    return colour
  }
}
