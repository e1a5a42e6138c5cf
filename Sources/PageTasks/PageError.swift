// SPDX-License-Identifier: MIT
import ChartTasks
import JSONValues
import Screenshots
import SupersetTasks
import TaskContract
import TaskRuntime
import WebTasks

/// Why there is no page, or no picture of it, and what then becomes of the job.
package enum PageError: TaskFailure {
  case superset(SupersetTaskError)
  case charts(ChartTaskError)
  case web(WebTaskError)
  case screenshot(ScreenshotError)
  case emptyDashboard(id: Int)
  /// Superset has saved nothing that its data could be had by.
  case unaskable(chart: Int, reason: String)

  package var verdict: Verdict {
    switch self {
    case .superset(let error): error.verdict
    case .charts(let error): error.verdict
    case .web(let error): error.verdict
    case .screenshot(let error): error.verdict
    case .emptyDashboard, .unaskable: .noInput
    }
  }

  package var description: String {
    switch self {
    case .superset(let error): "\(error)"
    case .charts(let error): "\(error)"
    case .web(let error): "\(error)"
    case .screenshot(let error): "\(error)"
    case .emptyDashboard(let id): "dashboard \(id) has no charts to be seen"
    case .unaskable(let chart, let reason): "the data of chart \(chart) cannot be had: \(reason)"
    }
  }

  package var errors: [JSONValue] {
    switch self {
    case .charts(let error): error.errors
    case .web(let error): error.errors
    case .superset, .screenshot, .emptyDashboard, .unaskable: [["message": .string(description)]]
    }
  }
}
