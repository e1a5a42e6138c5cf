// SPDX-License-Identifier: MIT
import JSONValues

extension DataTable {
  /// - Throws: an error where a pivot was not flattened: JSON has no names of several parts.
  var names: [String] {
    get throws(ChartQueryError) {
      guard !hasLevels else {
        throw .postProcessing(reason: "a pivot has to be flattened before it is an answer")
      }
      return columns.map { $0.label[0].text }
    }
  }

  /// The same with other names.
  func called(_ names: [String]) -> DataTable {
    var table = self
    for (position, name) in names.enumerated() { table.columns[position].label = [.text(name)] }
    return table
  }

  /// A JSON array of objects, or an object a line.
  func writeRecords(
    _ names: [String], _ layout: RowLayout, to output: inout some AnswerOutput
  ) throws(ChartQueryError) {
    let isArray = layout == .array
    var bytes: [UInt8] = isArray ? [UInt8(ascii: "[")] : []
    for row in 0..<rowCount {
      if row > 0, isArray { bytes.append(UInt8(ascii: ",")) }
      let members = zip(names, columns).map { ($0, $1.cells[row].json) }
      JSONWriter.append(.object(JSONObject(members, uniquingKeysWith: { $1 })), to: &bytes)
      if !isArray { bytes.append(UInt8(ascii: "\n")) }
    }
    try output.append(isArray ? bytes + [UInt8(ascii: "]")] : bytes)
  }

  /// What the rows are called.
  var rowNames: JSONValue {
    .array(
      index.rows.map { row in
        row.count == 1 ? row[0].json : .array(row.map(\.json))
      })
  }

  /// By what the cells are; `isTemporal` says which names are times whatever they hold.
  func types(_ names: [String], isTemporal: (String) -> Bool) -> [GenericType] {
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(names, columns).map { name, column in
      if isTemporal(name) { return .temporal }
      // Several columns of one name are a table in pandas, whose parts are called by texts.
      if counts[name, default: 0] > 1 { return .string }
      if column.holdsNumbers { return .numeric }
      let present = column.cells.filter { $0 != .null }
      if !present.isEmpty, present.allSatisfy(\.isNumeric) { return .numeric }
      let isTruth = present.allSatisfy { if case .json(.bool) = $0 { true } else { false } }
      if isTruth && !present.isEmpty { return .boolean }
      let isTime = present.allSatisfy { if case .time = $0 { true } else { false } }
      return isTime && !present.isEmpty ? .temporal : .string
    }
  }
}
