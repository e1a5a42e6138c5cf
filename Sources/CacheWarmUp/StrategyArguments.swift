// SPDX-License-Identifier: MIT
import JSONValues

/// What a strategy is made with, by position and by name, as Python passes it.
package struct StrategyArguments: Hashable, Sendable {
  private let positional: [JSONValue]
  private let named: JSONObject

  package init(_ positional: [JSONValue] = [], _ named: JSONObject = [:]) {
    self.positional = positional
    self.named = named
  }

  /// Each argument under its name; one that is not given is not there.
  func bound(to names: [String]) throws(StrategyFault) -> JSONObject {
    guard positional.count <= names.count else {
      throw StrategyFault(
        reason: "it takes \(names.count) positional arguments, and \(positional.count) are given")
    }
    var bound: JSONObject = [:]
    for (name, value) in zip(names, positional) { bound[name] = value }
    for (name, value) in named {
      guard names.contains(name) else {
        throw StrategyFault(reason: "it has no argument '\(name)'")
      }
      guard bound[name] == nil else {
        throw StrategyFault(reason: "it is given the argument '\(name)' twice")
      }
      bound[name] = value
    }
    return bound
  }
}
