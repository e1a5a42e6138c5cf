// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SupersetMetadata

/// A chart as it was saved, against which the request of a guest is held: he may filter, but not ask for something else.
struct ShownChart {
  private let form: JSONValue
  private let queries: [JSONValue]

  init(_ chart: Chart) {
    form = Self.json(chart.form)
    queries = Self.json(chart.queryContext)["queries"]?.arrayValue ?? []
  }

  private static func json(_ text: String?) -> JSONValue {
    text.flatMap { try? JSONValue(parsing: $0) } ?? .null
  }

  /// Members, and under which names saved queries have what stands in them.
  private static let compared = [
    ("metrics", ["metrics"]), ("columns", ["columns", "groupby"]),
    ("groupby", ["columns", "groupby"]), ("orderby", ["orderby"]),
  ]

  /// Whether the form and the queries ask for nothing that the chart does not; rows of the dataset have all its columns.
  func covers(_ request: JSONValue, _ asked: [QueryObject]) -> Bool {
    guard asked.allSatisfy({ ![.samples, .drillDetail].contains($0.resultType) }) else {
      return false
    }
    return Self.compared.allSatisfy { name, equivalents in
      var known = Self.values(name, of: form)
      guard Self.values(name, of: request).isSubset(of: known) else { return false }
      for query in queries {
        for name in equivalents { known.formUnion(Self.values(name, of: query)) }
      }
      return asked.allSatisfy { query in
        Self.values(name, of: .object(query.members)).isSubset(of: known)
      }
    }
  }

  /// As texts in which the order of members says nothing.
  private static func values(_ name: String, of value: JSONValue) -> Set<String> {
    Set((value[name]?.arrayValue ?? []).map(PythonText.json))
  }
}
