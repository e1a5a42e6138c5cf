// SPDX-License-Identifier: MIT

/// CSV as pandas reads it where nobody says what its columns hold.
struct CSVTable {
  private var records: [[String]] = []

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let (record, isBlank) = Self.record(&rest)
      if !isBlank { records.append(record) }
    }
  }

  /// The first line gives the names; columns without one get one, names that come again are
  /// numbered.
  var table: DataTable {
    var seen: [String: Int] = [:]
    let columns = (records.first ?? []).enumerated().map { place, field in
      let name = field.isEmpty ? "Unnamed: \(place)" : field
      let count = seen[name, default: 0]
      seen[name] = count + 1
      let fields = records.dropFirst().map { place < $0.count ? $0[place] : "" }
      return DataTable.Column(
        label: [.text(count == 0 ? name : "\(name).\(count)")],
        cells: CSVColumnReader.cells(of: fields))
    }
    return DataTable(columns)
  }

  private static func record(
    _ rest: inout ArraySlice<UInt8>
  ) -> (fields: [String], isBlank: Bool) {
    var fields: [String] = []
    while true {
      let (field, isQuoted) = field(&rest)
      fields.append(field)
      guard rest.popFirst() == UInt8(ascii: ",") else {
        return (fields, fields == [""] && !isQuoted)
      }
    }
  }

  /// Up to the comma or the end of the line, which stays.
  private static func field(_ rest: inout ArraySlice<UInt8>) -> (text: String, isQuoted: Bool) {
    let quote = UInt8(ascii: "\"")
    guard rest.first == quote else {
      let bytes = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\n") }
      rest = rest.dropFirst(bytes.count)
      return (String(decoding: bytes, as: UTF8.self), false)
    }
    rest.removeFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == quote, rest.first != quote { break }
      if byte == quote { rest.removeFirst() }
      bytes.append(byte)
    }
    return (String(decoding: bytes, as: UTF8.self), true)
  }
}
