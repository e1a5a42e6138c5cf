// SPDX-License-Identifier: MIT
import JSONValues

/// Which charts a filter is about: those below certain components, but for some.
struct FilterScope {
  private let roots: Set<String>
  private let excluded: Set<Int>

  init(_ scope: JSONValue?) {
    roots = Set((scope?["rootPath"]).list.compactMap(\.stringValue))
    excluded = Set((scope?["excluded"]).list.compactMap(\.integerValue))
  }

  func reaches(chart id: Int, in layout: DashboardLayout) -> Bool {
    !excluded.contains(id) && !roots.isDisjoint(with: layout.ancestors(ofChart: id))
  }
}

/// Which charts one is clicked at for.
enum ClickScope {
  /// As the dashboard has it for all its charts.
  case common
  /// Its own; nil for everything.
  case own(FilterScope?)

  init(_ noted: JSONValue?) {
    let noted = noted ?? "global"
    self = noted == "global" ? .common : .own(noted.isNull ? nil : FilterScope(noted))
  }
}
