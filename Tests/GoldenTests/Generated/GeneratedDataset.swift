// SPDX-License-Identifier: MIT
import JSONValues

/// What of a recorded dataset generated queries ask for.
struct GeneratedDataset {
  let id: Int
  let times: [String]
  let texts: [String]
  let numbers: [String]
  let flags: [String]
  let metrics: [String]
  /// SQL that is good for a column, a metric, a condition.
  let expressions: [String]
  let aggregates: [String]
  let conditions: [String]
  let values: [JSONValue]

  var columns: [String] { times + texts + numbers + flags }

  static let all = [births, sales, virtual]

  static let births = GeneratedDataset(
    id: 1, times: ["ds", "ds_shifted"],
    texts: ["gender", "state", "name", "name_initial", "ds_year"],
    numbers: ["num", "sum_boys", "sum_girls", "num_california"], flags: [],
    metrics: ["count", "sum__num", "avg__num", "max__num", "names", "girls_ratio"],
    expressions: ["UPPER(gender)", "num * 2", "state || '-' || gender", "ds"],
    aggregates: ["SUM(num)", "COUNT(DISTINCT name)", "AVG(num) * 1.5", "MAX(ds)"],
    conditions: ["num > 100", "state IN ('CA', 'NY')", "name LIKE 'A%'", "1 = 0"],
    values: ["girl", "CA", "NY", "Amy", "A", 100, 1500.5, "2000-01-01", "", "<NULL>", nil, true])

  static let sales = GeneratedDataset(
    id: 2, times: ["ds"], texts: ["region", "product", "note", "region_upper"],
    numbers: ["sales", "orders", "unit_price", "revenue_calc", "hour"],
    flags: ["is_delivery", "is_big"],
    metrics: ["count", "sum__sales", "sum__orders", "avg_price", "avg_check", "regions"],
    expressions: ["LOWER(product)", "orders + hour", "COALESCE(note, 'none')", "ds"],
    aggregates: ["SUM(sales) / 2", "MIN(unit_price)", "COUNT(note)", "SUM(orders)"],
    conditions: ["orders > 10", "region <> 'north'", "note IS NOT NULL", "sales < 0"],
    values: ["north", "South", "pizza", 10, -3, 0.5, "12", "x'y", "<empty string>", nil, false])

  static let virtual = GeneratedDataset(
    id: 3, times: ["day"], texts: ["region"], numbers: ["total", "n"], flags: [],
    metrics: ["count", "sum__total"], expressions: ["LOWER(region)", "total / n"],
    aggregates: ["AVG(total)", "SUM(n)"], conditions: ["n > 1", "total < 1000"],
    values: ["north", "south", 10, 100.5, nil])
}
