// SPDX-License-Identifier: MIT

/// A database that is only read: parameters in, rows out.
package protocol SQLDatabase: SQLConnection {
  var dialect: SQLDialect { get }

  /// Visits the rows as the database finds them; none is kept, so the size of a result costs no memory.
  ///
  /// - Important: a row is valid only during its visit.
  func read(
    _ statement: SQLStatement, _ visit: (any SQLRow) throws(SQLError) -> Void
  ) throws(SQLError)
}

/// The cells of the row that is visited now.
package protocol SQLRow {
  var count: Int { get }
  func kind(at index: Int) -> SQLKind
  func integer(at index: Int) -> Int
  func real(at index: Int) -> Double
  /// The bytes of a text or a blob, borrowed from the database until the visit ends.
  func withBytes(at index: Int, _ body: (UnsafeRawBufferPointer) -> Void)
}

extension SQLRow {
  package subscript(index: Int) -> SQLValue {
    switch kind(at: index) {
    case .null: .null
    case .integer, .boolean: .integer(integer(at: index))
    case .real, .decimal: .real(real(at: index))
    case .text, .time: .text(String(decoding: bytes(at: index), as: UTF8.self))
    case .blob: .blob(bytes(at: index))
    }
  }

  private func bytes(at index: Int) -> [UInt8] {
    var copy: [UInt8] = []
    withBytes(at: index) { copy.append(contentsOf: $0) }
    return copy
  }
}

extension SQLDatabase {
  /// For the small results of metadata, where a list is handier than a visit.
  package func rows<Element>(
    _ statement: SQLStatement, _ make: (any SQLRow) -> Element
  ) throws(SQLError) -> [Element] {
    var elements: [Element] = []
    try read(statement) { (row: any SQLRow) throws(SQLError) in elements.append(make(row)) }
    return elements
  }
}
