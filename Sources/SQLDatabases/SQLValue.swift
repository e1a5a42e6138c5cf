// SPDX-License-Identifier: MIT
import PostgresLink

/// One cell or one parameter, in the kinds that every SQL database has.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)
  case blob([UInt8])

  package var integerValue: Int? { if case .integer(let number) = self { number } else { nil } }
  /// Of any number.
  package var realValue: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .null, .text, .blob: nil
    }
  }
  package var textValue: String? { if case .text(let text) = self { text } else { nil } }

  /// Superset's BOOLEAN columns are integers in SQLite; NULL counts as false.
  package var isTrue: Bool { if case .integer(let number) = self { number != 0 } else { false } }
}

package typealias SQLKind = CellKind

/// One statement; what stands in `parameters` takes the places of the question marks.
package struct SQLStatement: Hashable, Sendable {
  package var text: String
  package var parameters: [SQLValue]

  package init(_ text: String, _ parameters: SQLValue...) { self.init(text, parameters) }

  package init(_ text: String, _ parameters: [SQLValue]) {
    self.text = text
    self.parameters = parameters
  }
}

/// The SQL a database understands, by the name that SQLAlchemy has for it.
package enum SQLDialect: String, Hashable, Sendable, CaseIterable { case sqlite, postgresql }
