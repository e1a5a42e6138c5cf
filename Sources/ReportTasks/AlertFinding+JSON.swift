// SPDX-License-Identifier: MIT
import JSONValues
import Reports

extension AlertValidator.Finding {
  /// As the journal keeps it.
  init(_ document: JSONValue) {
    self.init(value: document["value"]?.doubleValue, row: document["row"]?.stringValue)
  }

  var json: JSONValue {
    ["value": value.map(JSONValue.double) ?? .null, "row": row.map(JSONValue.string) ?? .null]
  }
}
