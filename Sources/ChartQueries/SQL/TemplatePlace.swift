// SPDX-License-Identifier: MIT

/// Where a template stands in a query: Superset's sentence about its error begins with it.
package enum TemplatePlace: String, Hashable, Sendable {
  case clauseWhere = "Error in jinja expression in WHERE clause"
  case clauseHaving = "Error in jinja expression in HAVING clause"
  case rowFilter = "Error in jinja expression in RLS filters"
  case predicate = "Error in jinja expression in fetch values predicate"
  case dataset = "Error while rendering virtual dataset query"
  case expression = "Error in jinja expression"
}
