// SPDX-License-Identifier: MIT
import JSONValues

/// Which metrics of a query are compared with which times.
struct TimeComparison {
  /// `SUM(num)__1 year ago` and the metric it is made of, in the order of metrics, then times.
  private(set) var pairs: [(shifted: String, metric: String)] = []
  let type: JSONValue?
  private let times: [String]

  init(of form: JSONObject, _ query: JSONObject) {
    type = form["comparison_type"]
    times = form["time_compare"].list.compactMap(\.stringValue)
    var seen: Set<String> = []
    for metric in query["metrics"].list.compactMap({ QueryName.ofMetric($0)?.stringValue }) {
      for time in times {
        let shifted = "\(metric)__\(time)"
        if seen.insert(shifted).inserted { pairs.append((shifted, metric)) }
      }
    }
  }

  var isMade: Bool {
    !pairs.isEmpty && ["values", "difference", "percentage", "ratio"].contains(type)
  }

  /// The time that a shifted metric's name tells of.
  func time(in shifted: String) -> String? { times.first { shifted.contains($0) } }
}
