// SPDX-License-Identifier: MIT
import JSONValues
import SQLTemplates

/// A table with the number formats of its form, which Superset takes for those of Python.
struct FormattedTable {
  /// By the titles of columns.
  private let formats: [(title: String, format: String)]
  /// What nothing is in columns of any type: a float, or Python's None.
  private let nothing: TemplateValue

  /// - Parameter isRead: whether the rows were read from CSV.
  /// - Throws: an error for a configuration over which Superset breaks off.
  init(_ form: JSONValue, isRead: Bool) throws(ChartQueryError) {
    var formats: [(String, String)] = []
    let configuration = form["column_config"] ?? [:]
    guard let columns = configuration.objectValue else {
      throw .breaksOff(reason: "'\(configuration.pythonType)' object has no attribute 'items'")
    }
    for (title, config) in columns.elements {
      guard let members = config.objectValue else {
        // A text or a list may hold the word, and does not.
        if config.stringValue != nil || config.arrayValue != nil { continue }
        throw .breaksOff(reason: "argument of type '\(config.pythonType)' is not iterable")
      }
      guard let format = members["d3NumberFormat"] else { continue }
      guard let text = format.stringValue else {
        throw .breaksOff(
          reason: #"can only concatenate str (not "\#(format.pythonType)") to str"#)
      }
      formats.append((title, text))
    }
    self.formats = formats
    nothing = isRead ? .real(.nan) : .none
  }

  /// Bytes of all texts together: a format may ask for a million blanks before each number.
  private static let mostBytes = 64 * 1024 * 1024

  func table(of source: TypedTable) throws(ChartQueryError) -> TypedTable {
    var table = source
    var bytes = 0
    for (title, format) in formats {
      guard let place = table.columns.firstIndex(where: { $0.label == [.text(title)] }) else {
        continue
      }
      let column = table.columns[place]
      guard let texts = try texts(of: column, format, &bytes) else { continue }
      table.columns[place] = TypedTable.Column(column.label, .object, texts)
    }
    return table
  }

  /// Nil where one of the cells cannot be written so: then none is.
  private func texts(
    of column: TypedTable.Column, _ format: String, _ bytes: inout Int
  ) throws(ChartQueryError) -> [Cell]? {
    var texts: [Cell] = []
    for cell in column.cells {
      guard let text = try text(of: cell, column.kind, format) else { return nil }
      bytes += text.utf8.count
      guard bytes <= Self.mostBytes else {
        throw .postProcessing(reason: "the formats make more than \(Self.mostBytes) bytes")
      }
      texts.append(.text(text))
    }
    return texts
  }

  private func text(
    of cell: Cell, _ kind: CellKind, _ format: String
  ) throws(ChartQueryError) -> String? {
    if case .time(let time) = cell { return try Self.text(of: time, format) }
    if kind == .time { return try Self.text(of: nil, format) }
    return try? value(of: cell, kind).formatted(by: "{:\(format)}")
  }

  private func value(of cell: Cell, _ kind: CellKind) -> TemplateValue {
    switch cell {
    case .null: kind == .real ? .real(.nan) : nothing
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    case .json(.bool(let flag)): .boolean(flag)
    case .json, .time: .text(cell.pandasText)
    }
  }

  /// The format of a time is a text in which its parts are named; a number's names none, and is all
  /// there is.
  ///
  /// - Returns: nil for the parts of a time that is not known.
  private static func text(
    of time: CivilTime?, _ format: String
  ) throws(ChartQueryError) -> String? {
    if format.isEmpty { return time.map { Cell.time($0).pandasText } ?? "NaT" }
    guard time != nil else { return nil }
    let namesParts = zip(format, format.dropFirst()).contains { $0 == "%" && $1.isLetter }
    guard !namesParts else { throw .unsupported("the format '\(format)' of a time") }
    return format.replacing("%%", with: "%")
  }
}

extension JSONValue {
  fileprivate var pythonType: String {
    switch self {
    case .null: "NoneType"
    case .bool: "bool"
    case .integer: "int"
    case .double, .literal: "float"
    case .string: "str"
    case .array: "list"
    case .object: "dict"
    }
  }
}
