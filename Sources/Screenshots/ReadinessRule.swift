// SPDX-License-Identifier: MIT
import JSONValues

/// By which signs of its own a page shows that it is ready to be photographed.
///
/// Besides these, every page has to have loaded, to have its fonts and images, and to have drawn two frames since.
package struct ReadinessRule: Hashable, Sendable {
  /// An attribute of the root element that is there, and not `false`.
  package var attribute: String?
  /// Selectors each of which finds something, within the limit for finding it.
  package var located: [String] = []
  /// Of these selectors one at least finds something, within the same limit.
  package var locatedAny: [String] = []
  /// What these find can be seen.
  package var visible: [String] = []
  /// What these find has gone.
  package var absent: [String] = []
  /// What this finds holds something that ``finished`` finds, and nothing that ``absent`` does.
  package var holders: String?
  package var finished: [String] = []
  /// What these find is told as a warning, with its text.
  package var alarming: [String] = []
  /// So long nothing may be requested; zero: nothing is under way at the end.
  package var quiet: Duration = .zero
  /// Whether two pictures in a row must be equal, or the limit for that have passed: for what moves by script.
  package var isStill = false

  package init() {}

  /// Pages of our own.
  package static var own: ReadinessRule {
    var rule = ReadinessRule()
    rule.attribute = "data-ready"
    return rule
  }

  /// Any page that is complete as it comes.
  package static var loaded: ReadinessRule { ReadinessRule() }

  /// Any page of the web: nothing has been requested for half a second, as Chromium defines an idle network.
  package static var idle: ReadinessRule {
    var rule = ReadinessRule()
    rule.quiet = .milliseconds(500)
    rule.isStill = true
    return rule
  }

  /// The page of a chart in Superset.
  package static var supersetChart: ReadinessRule {
    var rule = superset
    // What failed has an alert in the place of a chart.
    rule.locatedAny = [".chart-container", alert]
    return rule
  }

  /// The page of a dashboard in Superset, whose charts each stand in a holder since 5.0.
  package static var supersetDashboard: ReadinessRule {
    var rule = superset
    rule.located = [".standalone"]
    // A dashboard may have no charts.
    rule.locatedAny = [".chart-container", ".grid-container"]
    rule.holders = ".dashboard-component-chart-holder[class*=\"dashboard-chart-id-\"]"
    rule.finished = [
      ".slice_container", alert, ".ant-empty", ".missing-chart-container",
    ]
    return rule
  }

  private static let alert = "[role=\"alert\"]"

  private static var superset: ReadinessRule {
    var rule = ReadinessRule()
    rule.visible = [".chart-container"]
    rule.absent = [".loading"]
    rule.alarming = [alert]
    rule.isStill = true
    return rule
  }

  /// Whether there is something that has the shorter limit.
  var hasBeginning: Bool { !located.isEmpty || !locatedAny.isEmpty }

  /// The part that has the shorter limit, for the script.
  var beginning: JSONValue {
    ["located": Self.list(located), "locatedAny": Self.list(locatedAny)]
  }

  /// All of it, for the script.
  var document: JSONValue {
    [
      "attribute": attribute.map(JSONValue.string) ?? nil, "located": Self.list(located),
      "locatedAny": Self.list(locatedAny), "visible": Self.list(visible),
      "absent": Self.list(absent), "holders": holders.map(JSONValue.string) ?? nil,
      "finished": Self.list(finished), "alarming": Self.list(alarming),
    ]
  }

  private static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
