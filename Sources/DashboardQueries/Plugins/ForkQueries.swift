// SPDX-License-Identifier: MIT
import JSONValues

/// What the pages of DODO's fork do to all queries before they post them, so that templates see the
/// time.
enum ForkQueries {
  static func finished(_ queries: [JSONObject], of form: JSONObject) -> [JSONObject] {
    // The queries of a table share one list of filters, and it is turned around once for each of
    // them.
    let isShared = form["viz_type"] == "table"
    var finished = queries
    for place in queries.indices {
      let turns = isShared ? place + 1 : 1
      let filters = queries[place]["filters"].list
      let seen = turns.isMultiple(of: 2) ? filters : filters.reversed()
      if queries[place]["time_range"] == nil,
        let range = seen.first(where: { $0["op"] == "TEMPORAL_RANGE" })
      {
        finished[place]["time_range"] = range["val"]
      }
      let isTurned = !(isShared ? queries.count : 1).isMultiple(of: 2)
      finished[place]["filters"] = .array(isTurned ? filters.reversed() : filters)
      var extras = queries[place]["extras"]?.objectValue ?? [:]
      if extras["time_grain_sqla"] == nil, form["time_grain_sqla"].isTrue {
        extras["time_grain_sqla"] = form["time_grain_sqla"]
        finished[place]["extras"] = .object(extras)
      }
    }
    return finished
  }
}
