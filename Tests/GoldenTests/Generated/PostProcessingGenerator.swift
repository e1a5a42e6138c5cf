// SPDX-License-Identifier: MIT
import JSONValues

/// Steps that fit the labels of a query, mostly.
struct PostProcessingGenerator {
  private let columns: [JSONValue]
  private let metrics: [JSONValue]

  init(_ columns: [JSONValue], _ metrics: [JSONValue]) {
    self.columns = columns.map(Self.label)
    self.metrics = metrics.map(Self.label)
  }

  private static func label(_ term: JSONValue) -> JSONValue { term["label"] ?? term }

  func steps(_ random: inout RandomChoices) -> [JSONValue] {
    if random.isTrue(40) { return [pivot(&random), ["operation": "flatten"]] }
    return (0..<Int.random(in: 1...2, using: &random)).map { _ in step(&random) }
  }

  private func pivot(_ random: inout RandomChoices) -> JSONValue {
    let shuffled = columns.shuffled(using: &random)
    let aggregates = metrics.map { metric -> (String, JSONValue) in
      (
        metric.stringValue ?? "",
        ["operator": .string(random.one(of: ["mean", "sum", "max", "count"]))]
      )
    }
    return [
      "operation": "pivot",
      "options": [
        "index": .array(Array(shuffled.prefix(1))),
        "columns": .array(Array(shuffled.dropFirst(random.isTrue(80) ? 1 : 2))),
        "aggregates": .object(JSONObject(aggregates, uniquingKeysWith: { $1 })),
        "drop_missing_columns": .bool(random.isTrue(50)),
      ],
    ]
  }

  private func step(_ random: inout RandomChoices) -> JSONValue {
    let metric = random.one(of: metrics)
    let name = metric.stringValue ?? ""
    let column = random.one(of: columns)
    let renamed: JSONValue = .object([name: random.isTrue(50) ? metric : "new"])
    let steps: [(String, JSONValue)] = [
      (
        "aggregate",
        [
          "groupby": [column],
          "aggregates": ["n": ["operator": "mean", "column": metric]],
        ]
      ),
      (
        "sort",
        ["by": [random.isTrue(50) ? metric : column], "ascending": .bool(random.isTrue(50))]
      ),
      ("cum", ["operator": "sum", "columns": renamed]),
      ("diff", ["columns": renamed, "periods": 1]),
      ("rolling", ["rolling_type": "mean", "window": 2, "columns": renamed, "min_periods": 1]),
      ("contribution", ["orientation": .string(random.one(of: ["row", "column"]))]),
      ("select", ["columns": [column, metric]]),
      ("rename", ["columns": .object([name: "renamed"])]),
      ("rank", ["metric": metric, "group_by": random.isTrue(50) ? nil : column]),
      ("boxplot", ["groupby": [column], "metrics": [metric], "whisker_type": "tukey"]),
      (
        "compare",
        [
          "source_columns": [metric], "compare_columns": [random.one(of: metrics)],
          "compare_type": .string(random.one(of: ["difference", "percentage", "ratio"])),
        ]
      ),
      ("histogram", ["column": metric, "groupby": [column], "bins": 4]),
    ]
    let (operation, options) = random.one(of: steps)
    return ["operation": .string(operation), "options": options]
  }
}
