// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// Notes that are drawn over a chart, as far as an answer brings them along.
struct AnnotationLayer: Sendable {
  let name: String
  /// What cache keys are made of.
  let identity: JSONValue
  private let source: JSONValue?
  private let value: JSONValue

  private static let keyed = [
    "annotationType", "descriptionColumns", "intervalEndColumn", "name", "overrides", "sourceType",
    "timeColumn", "titleColumn", "value",
  ]

  /// Nil for a formula, which the browser draws on its own.
  init?(_ layer: JSONValue) throws(ChartQueryError) {
    guard let type = layer["annotationType"] else { throw .incorrect(.keyError) }
    if type == "FORMULA" { return nil }
    name = layer["name"]?.stringValue ?? ""
    source = layer["sourceType"]
    value = layer["value"] ?? .null
    identity = .object(
      JSONObject(
        Self.keyed.compactMap { key in layer[key].map { (key, $0) } }, uniquingKeysWith: { $1 }))
  }

  /// The layer of the metadata whose annotations are meant; nil where there are none to bring.
  ///
  /// - Throws: an error for what other charts would have to be computed for.
  func number() throws(ChartQueryError) -> Int? {
    guard let source else { throw .breaksOff(reason: "'sourceType'") }
    switch source {
    case "NATIVE":
      guard let number = value.integerValue else { throw absent }
      return number
    case "line", "table": throw .unsupported("annotations that are the data of another chart")
    default: return nil
    }
  }

  /// Superset breaks off over a layer that is not there, and tells its number alone.
  var absent: ChartQueryError {
    .breaksOff(reason: value.stringValue.map(PythonText.quoted) ?? value.text)
  }
}
