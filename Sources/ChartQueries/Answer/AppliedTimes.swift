// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata

/// What an answer tells of the times that a dashboard has set: which took effect, and which could not.
struct AppliedTimes {
  let applied: [JSONValue]
  let rejected: [JSONValue]

  /// - Parameter extras: `applied_time_extras` of a query.
  init(_ extras: JSONValue?, in dataset: Dataset) {
    let temporal = dataset.temporalColumns
    var applied: [JSONValue] = []
    var rejected: [JSONValue] = []
    func tell(_ name: String, _ isApplied: Bool, otherwise reason: String) {
      if isApplied {
        applied.append(["column": .string(name)])
      } else {
        rejected.append(["reason": .string(reason), "column": .string(name)])
      }
    }
    if let column = extras?["__time_col"], column.saysAnything {
      let isKnown = column.stringValue.map(temporal.contains) ?? false
      tell("__time_col", isKnown, otherwise: "not_in_datasource")
    }
    if extras?["__time_grain"] != nil {
      tell("__time_grain", !temporal.isEmpty, otherwise: "no_temporal_column")
    }
    if extras?["__time_range"]?.saysAnything == true {
      tell("__time_range", !temporal.isEmpty, otherwise: "no_temporal_column")
    }
    self.applied = applied
    self.rejected = rejected
  }
}
