// SPDX-License-Identifier: MIT

/// The type of a whole column, as numpy has one for each array; it decides how cells are printed
/// and added up.
enum CellKind: Hashable, Sendable {
  case boolean, integer, real, time
  /// Cells of any type, each with its own.
  case object

  /// What cells turn out to be that come without a type.
  ///
  /// - Parameter empty: where none of them is anything.
  init(of cells: [Cell], empty: CellKind = .object) {
    var (hasNull, hasInteger, hasReal, hasBoolean, hasTime) = (false, false, false, false, false)
    for cell in cells {
      switch cell {
      case .null: hasNull = true
      case .integer: hasInteger = true
      case .real: hasReal = true
      case .json(.bool): hasBoolean = true
      case .time: hasTime = true
      case .text, .json:
        self = .object
        return
      }
    }
    switch (hasInteger || hasReal, hasBoolean, hasTime) {
    case (true, false, false): self = hasNull || hasReal ? .real : .integer
    case (false, true, false): self = hasNull ? .object : .boolean
    case (false, false, true): self = .time
    case (false, false, false): self = empty
    default: self = .object
    }
  }

  /// What holds columns of these types where there may be only one.
  static func common(_ kinds: some Sequence<CellKind>) -> CellKind {
    let kinds = Set(kinds)
    if kinds.count == 1, let only = kinds.first { return only }
    return kinds == [.integer, .real] ? .real : .object
  }

  /// The cell as a column of this type holds it.
  func cast(_ cell: Cell) -> Cell {
    if case .integer(let number) = cell, self == .real { return .real(Double(number)) }
    return cell
  }

  /// With the gaps that a column of integers or truths cannot hold.
  var withGaps: CellKind {
    switch self {
    case .integer: .real
    case .boolean: .object
    case .real, .time, .object: self
    }
  }
}
