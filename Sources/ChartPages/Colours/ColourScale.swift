// SPDX-License-Identifier: MIT
import JSONValues

/// The colours that labels have got on a page, so that a label has the same one in all its charts.
final class ColourMemory {
  fileprivate var colours: [String: Colour] = [:]
}

/// Which colour a label has: the dashboard's choice for it, the one it already has, or the next one of the scheme.
struct ColourScale {
  private let scheme: [UInt32]
  private let chosen: [String: Colour]
  private let memory: ColourMemory
  private var used: Set<Colour> = []
  private var next = 0

  /// - Parameter labels: Superset's `label_colors`, names to colours.
  init(scheme name: String?, labels: JSONValue?, memory: ColourMemory) {
    self.memory = memory
    scheme = CategoricalScheme.colours(named: name)
    chosen = (labels?.objectValue ?? [:]).elements.reduce(into: [:]) { chosen, member in
      chosen[member.key] = member.value.stringValue.flatMap(Colour.init)
    }
  }

  mutating func colour(of label: String) -> Colour {
    if let colour = chosen[label] ?? memory.colours[label] {
      used.insert(colour)
      return colour
    }
    var colour = Colour(scheme[next % scheme.count])
    // What this chart already has from elsewhere is passed over once.
    while used.contains(colour), next < scheme.count {
      next += 1
      colour = Colour(scheme[next % scheme.count])
    }
    next += 1
    used.insert(colour)
    memory.colours[label] = colour
    return colour
  }
}
