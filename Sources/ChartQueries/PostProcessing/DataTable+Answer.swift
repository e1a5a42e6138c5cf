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

  /// A JSON array of objects.
  func records(_ names: [String]) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for row in 0..<rowCount {
      if row > 0 { bytes.append(UInt8(ascii: ",")) }
      let members = zip(names, columns).map { ($0, $1.cells[row].json) }
      JSONWriter.append(.object(JSONObject(members, uniquingKeysWith: { $1 })), to: &bytes)
    }
    return bytes + [UInt8(ascii: "]")]
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
    zip(names, columns).map { name, column in
      if isTemporal(name) { return .temporal }
      let present = column.cells.filter { $0 != .null }
      if !present.isEmpty, present.allSatisfy(\.isNumeric) { return .numeric }
      let isTime = present.allSatisfy { if case .time = $0 { true } else { false } }
      return isTime && !present.isEmpty ? .temporal : .string
    }
  }
}
