// SPDX-License-Identifier: MIT
import JSONValues

/// The rows that a query gave, and of what kind its columns are.
struct DataTable: Sendable {
  enum Kind: Int, Sendable {
    case number = 0, text, time, flag
  }

  struct Column: Hashable, Sendable {
    let name: String
    let kind: Kind
  }

  let columns: [Column]
  let rows: [JSONObject]

  /// One element of `result`, or an array of rows; nil where there is neither.
  init?(_ value: JSONValue?) {
    guard let list = value?.arrayValue ?? value?["data"]?.arrayValue else { return nil }
    let rows = list.compactMap(\.objectValue)
    guard rows.count == list.count else { return nil }
    let names = value?["colnames"]?.arrayValue?.compactMap(\.stringValue) ?? Self.names(of: rows)
    let codes = value?["coltypes"]?.arrayValue?.map(\.integerValue)
    self.rows = rows
    columns = names.enumerated().map { index, name in
      let code = codes.flatMap { index < $0.count ? $0[index] : nil }
      return Column(name: name, kind: code.flatMap(Kind.init) ?? Self.kind(of: name, in: rows))
    }
  }

  init(columns: [Column], rows: [JSONObject]) {
    self.columns = columns
    self.rows = rows
  }

  /// Rows of few kinds: the first ones have all names.
  private static func names(of rows: [JSONObject]) -> [String] {
    var names: JSONObject = [:]
    for row in rows.prefix(100) {
      for name in row.keys { names[name] = .null }
    }
    return Array(names.keys)
  }

  private static func kind(of name: String, in rows: [JSONObject]) -> Kind {
    let values = rows.prefix(100).compactMap { $0[name] }.filter { !$0.isNull }
    if values.isEmpty { return .text }
    if values.allSatisfy({ $0.boolValue != nil }) { return .flag }
    return values.allSatisfy { $0.doubleValue != nil } ? .number : .text
  }

  /// Whether each value is one that a cell can hold.
  var isFlat: Bool {
    rows.prefix(20).allSatisfy { row in
      row.values.allSatisfy { $0.arrayValue == nil && $0.objectValue == nil }
    }
  }

  subscript(name: String) -> Column? { columns.first { $0.name == name } }

  var numbers: [String] { columns.filter { $0.kind == .number }.map(\.name) }
  var labels: [String] { columns.filter { $0.kind == .text || $0.kind == .flag }.map(\.name) }
  var times: [String] { columns.filter { $0.kind == .time }.map(\.name) }
}

extension JSONValue {
  /// The number that a chart draws: also one that a database gave as text; nil for what has no place on an axis.
  var plotted: Double? {
    let number: Double?
    switch self {
    case .integer, .double: number = doubleValue
    case .string(let text): number = text.utf8.count < 64 ? Double(text) : nil
    case .literal(let text): number = Double(text)
    case .bool(let flag): number = flag ? 1 : 0
    default: number = nil
    }
    // Sums of so many digits would be no numbers any more.
    return number.flatMap { abs($0) <= 1e300 ? $0 : nil }
  }

  /// The array's elements; of nothing none, and anything else is one.
  var list: [JSONValue] { arrayValue ?? (isNull ? [] : [self]) }

  /// How people write yes.
  var isTrue: Bool {
    switch self {
    case .bool(let flag): flag
    case .integer(let number): number != 0
    case .string(let text): text == "true"
    default: false
    }
  }
}

extension JSONValue? {
  var list: [JSONValue] { self?.list ?? [] }
  var isTrue: Bool { self?.isTrue ?? false }
}
