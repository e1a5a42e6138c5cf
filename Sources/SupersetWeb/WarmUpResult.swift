// SPDX-License-Identifier: MIT
import CurlTransfers
import JSONValues

/// What Superset says of a chart that it has warmed up: with status 200 also that it could not be.
struct WarmUpResult {
  private let answer: HTTPAnswer

  init(_ answer: HTTPAnswer) { self.answer = answer }

  /// - Throws: where the answer is none, or a chart in it has failed.
  func check() throws(WebFailure) {
    guard let document = try? JSONValue(parsing: answer.body),
      let charts = document["result"]?.arrayValue, !charts.isEmpty
    else {
      throw WebFailure(.status, "the answer tells nothing of a chart", of: answer)
    }
    for chart in charts {
      let id = chart["chart_id"]?.integerValue.map(String.init) ?? "?"
      guard let reason = Self.reason(chart) else { continue }
      throw WebFailure(.chart, "chart \(id): \(reason)", of: answer)
    }
  }

  /// Why the chart is cold still; nil where it is warm.
  private static func reason(_ chart: JSONValue) -> String? {
    if let error = chart["viz_error"], !error.isNull, error != [] {
      // A legacy chart has a list of errors, another one a text.
      let told = error.arrayValue?.first?["message"] ?? error
      return told.stringValue ?? told.text
    }
    let status = chart["viz_status"]?.stringValue
    return status == nil || status == "success" ? nil : "its status is '\(status ?? "")'"
  }
}
