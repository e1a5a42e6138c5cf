// SPDX-License-Identifier: MIT

/// Why it cannot be told what a browser asks for.
package enum DashboardQueryError: Error, Hashable, CustomStringConvertible {
  /// What a dashboard says of itself cannot be read.
  case malformedDashboard(id: Int, reason: String)
  /// A form on which the page itself fails: it asks nothing.
  case unusableForm(chart: Int, reason: String)
  /// Neither do we know how the type asks, nor has a browser saved it.
  case unknownType(chart: Int, name: String)
  /// Filters that take the first value that their column has:
  /// ``DashboardFilters/questions(for:rowLimit:)`` asks for it.
  case firstValue(filters: [String])
  /// Filters that have no value by default, and without one the page asks for nothing.
  case noValue(filters: [String])
  /// A comparison with a time that is counted from the day on which the page is opened.
  case today(chart: Int)

  package var description: String {
    switch self {
    case .malformedDashboard(let id, let reason): "unable to read dashboard \(id): \(reason)"
    case .unusableForm(let chart, let reason): "unable to use the form of chart \(chart): \(reason)"
    case .unknownType(let chart, let name):
      "unable to ask for chart \(chart): type '\(name)' is not known, and there is no query context"
    case .firstValue(let filters):
      "the first value of a filter is in its data: \(filters.joined(separator: ", "))"
    case .noValue(let filters):
      "the page waits for the value of a filter: \(filters.joined(separator: ", "))"
    case .today(let chart): "chart \(chart) compares with a time that depends on the day"
    }
  }
}

/// What is wrong with a form, before it is known whose it is.
enum FormFault: Error, Hashable {
  case unusable(String)
  case today
}
