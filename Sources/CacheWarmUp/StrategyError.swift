// SPDX-License-Identifier: MIT
import SupersetMetadata

/// Why no charts were chosen; the names are those of Superset's errors.
package enum StrategyError: Error, Hashable, CustomStringConvertible {
  case notFound(String, known: [String])
  case create(String, reason: String)
  case execute(String, MetadataError)

  package var name: String {
    switch self {
    case .notFound: "StrategyNotFoundError"
    case .create: "StrategyCreateError"
    case .execute: "StrategyExecuteError"
    }
  }

  package var description: String {
    switch self {
    case .notFound(let name, let known):
      "\(self.name): No strategy \(name) found! There are \(known.joined(separator: ", "))"
    case .create(let name, let reason): "\(self.name): Error loading strategy \(name)! \(reason)"
    case .execute(let name, let error): "\(self.name): \(name): \(error)"
    }
  }
}
