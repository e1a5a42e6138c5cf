// SPDX-License-Identifier: MIT
import JSONValues

/// The answer to one query of a context.
enum QueryResult {
  case data(QueryObject, ChartData)
  case members(JSONObject)
}
