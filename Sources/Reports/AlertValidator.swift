// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases

/// The condition of an alert: whether what its query gave is worth telling.
package struct AlertValidator: Hashable, Sendable {
  private let isNotNull: Bool
  private let settings: String

  /// - Parameters:
  ///   - type: `not null`; anything else compares, as in Superset.
  ///   - settings: JSON, `{"op": "<", "threshold": 1}`.
  package init(_ type: String?, settings: String?) {
    isNotNull = type == "not null"
    self.settings = settings ?? "{}"
  }

  /// What is kept of an answer, whatever it means.
  package struct Finding: Hashable, Sendable {
    /// `last_value`
    package var value: Double?
    /// `last_value_row_json`
    package var row: String?

    package init(value: Double? = nil, row: String? = nil) {
      self.value = value
      self.row = row
    }
  }

  package func finding(in answer: AlertAnswer) throws(ReportFailure) -> Finding {
    if isNotNull { return Finding(row: try answer.pythonText()) }
    guard let value = try answer.value(), value != .null else { return Finding(value: 0) }
    guard let number = value.pythonFloat else { throw .alertInvalidType }
    return Finding(value: number)
  }

  /// Whether to tell it.
  package func isTriggered(by answer: AlertAnswer) throws(ReportFailure) -> Bool {
    guard !isNotNull else {
      switch try answer.value() {
      case .null?, nil, .integer(0)?, .real(0)?: return false
      default: return true
      }
    }
    let (comparison, threshold) = try comparison()
    return comparison(try finding(in: answer).value ?? 0, threshold)
  }

  private func comparison() throws(ReportFailure) -> ((Double, Double) -> Bool, Double) {
    guard let document = try? JSONValue(parsing: settings),
      let threshold = document["threshold"]?.doubleValue,
      let name = document["op"]?.stringValue, let comparison = Self.comparisons[name]
    else { throw .alertValidatorConfig }
    return (comparison, threshold)
  }

  private static let comparisons: [String: @Sendable (Double, Double) -> Bool] = [
    "<": { $0 < $1 }, "<=": { $0 <= $1 }, ">": { $0 > $1 }, ">=": { $0 >= $1 },
    "==": { $0 == $1 }, "!=": { $0 != $1 },
  ]
}
