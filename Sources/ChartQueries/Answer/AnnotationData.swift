// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// The notes of a query's layers, by the layers' names.
enum AnnotationData {
  private static let columns = [
    "start_dttm", "end_dttm", "short_descr", "long_descr", "json_metadata",
  ]

  /// - Parameter known: the annotations of the layers that are there.
  /// - Throws: an error for a layer that is not.
  static func document(
    of layers: [AnnotationLayer], _ known: [Int: [Annotation]]
  ) throws(ChartQueryError) -> JSONValue {
    var document = JSONObject()
    for layer in layers {
      guard let number = try layer.number() else { continue }
      guard let annotations = known[number] else { throw layer.absent }
      document[layer.name] = [
        "columns": .array(columns.map { .string($0) }),
        "records": .array(annotations.map(record)),
      ]
    }
    return .object(document)
  }

  private static func record(_ annotation: Annotation) -> JSONValue {
    let cells: [JSONValue] = [
      time(annotation.start), time(annotation.end), text(annotation.title), text(annotation.text),
      text(annotation.jsonMetadata),
    ]
    return .object(JSONObject(zip(columns, cells), uniquingKeysWith: { $1 }))
  }

  private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  private static func time(_ text: String?) -> JSONValue {
    text.flatMap { CivilTime($0) }.map { .double($0.epochMilliseconds) } ?? .null
  }
}
