// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Testing

/// What a query context may ask for besides its data.
struct ResultTypeTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The results of a context over the sample's sales; `queries` and `rest` are JSON members.
  private func results(_ queries: String, _ rest: String = "") throws -> [JSONValue] {
    let context = #"{"datasource":{"id":2,"type":"table"},"queries":[\#(queries)]\#(rest)}"#
    let outcome = try bench.run("chart-data", ["--response"], input: context)
    #expect(outcome.status == 0, "\(outcome.log)")
    return outcome.json["result"]?.arrayValue ?? []
  }

  private static let ranged =
    #"{"columns":["region"],"metrics":["count"],"granularity":"ds","time_range":"2024-01-01 : 2024-02-01","row_limit":3"#

  @Test func `a query's own type goes before that of its context`() throws {
    let results = try results(
      #"\#(Self.ranged),"result_type":"query"},\#(Self.ranged)}"#, #","result_type":"results""#)
    #expect(results.count == 2)
    #expect(results[0]["language"] == "sql" && results[0]["data"] == nil)
    #expect(results[0]["query"]?.stringValue?.hasSuffix(" LIMIT 3 OFFSET 0;") == true)
    #expect(results[1]["data"]?.arrayValue?.count == 3)
    #expect(
      results[1].objectValue?.keys.elements == [
        "data", "colnames", "coltypes", "rowcount", "sql_rowcount",
      ])
  }

  @Test func `what is wrong with a query whose SQL is asked for is an error as well`() throws {
    let context = #"""
      {"datasource":{"id":2,"type":"table"},"queries":[{"metrics":["nope"],"result_type":"query"}]}
      """#
    let outcome = try bench.run("chart-data", ["--response"], input: context)
    #expect(outcome.status == 65)
    #expect(outcome.json["message"] == "Error: Metric 'nope' does not exist")
  }

  @Test(arguments: [("samples", false), ("drill_detail", true)])
  func `samples are of all times, details of the chart's own`(
    _ type: String, _ isRanged: Bool
  ) throws {
    let result = try #require(try results(#"\#(Self.ranged),"result_type":"\#(type)"}"#).first)
    let sql = result["query"]?.stringValue ?? ""
    #expect(sql.contains("2024-01-01") == isRanged, "\(sql)")
    #expect((result["from_dttm"] == .null) == !isRanged)
    #expect(!sql.contains("COUNT") && !sql.contains("GROUP BY"), "\(sql)")
    let columns = result["colnames"]?.arrayValue ?? []
    #expect(columns.count > 5 && columns.contains("orders"))
    #expect(result["data"]?.arrayValue?.count == 3)
  }

  private static func pivoted(_ rest: String = "") -> String {
    #"""
    {"datasource":{"id":2,"type":"table"},"result_type":"post_processed"\#(rest),
     "queries":[{"columns":["region","is_delivery"],"metrics":["count"],
                 "filters":[{"col":"region","op":"IN","val":["Lagos","Minsk"]},
                            {"col":"is_delivery","op":"IS NOT NULL"}]}],
     "form_data":{"viz_type":"pivot_table_v2","groupbyRows":["region"],"groupbyColumns":["is_delivery"],
                  "metrics":["count"],"colTotals":true}}
    """#
  }

  @Test func `a pivot table is answered as its chart shows it`() throws {
    let outcome = try bench.run("chart-data", ["--response"], input: Self.pivoted())
    let result = try #require(outcome.json["result"]?.arrayValue?.first, "\(outcome.log)")
    #expect(result["colnames"] == [["count", 0], ["count", 1]])
    #expect(result["indexnames"] == [["Lagos"], ["Minsk"], ["Total (Sum)"]])
    #expect(result["rowcount"] == 3 && result["sql_rowcount"] == 4)
    let names = result["label_map"]?.objectValue.map { Array($0.keys) }
    #expect(names == ["region", "is_delivery", "count"])
    let cells = result["data"]?["count 1"]
    let sum = ["Lagos", "Minsk"].compactMap { cells?[$0]?.integerValue }.reduce(0, +)
    #expect(sum > 0 && cells?["Total (Sum)"] == .integer(sum))
  }

  @Test func `the rows of a pivot table have their names in front`() throws {
    let rows = try bench.run("chart-data", input: Self.pivoted()).json.arrayValue ?? []
    #expect(rows.map { $0[""] } == ["Lagos", "Minsk", "Total (Sum)"])
    let csv = try bench.run(
      "chart-data", ["--response"], input: Self.pivoted(#","result_format":"csv""#))
    #expect(csv.output.hasPrefix(",count 0,count 1\nLagos,"), "\(csv.output)")
  }

  @Test func `a workbook of a pivot table is refused in Superset's words`() throws {
    let outcome = try bench.run(
      "chart-data", ["--response"], input: Self.pivoted(#","result_format":"xlsx""#))
    #expect(outcome.status != 0)
    let error = outcome.json["errors"]?.arrayValue?.first
    #expect(error?["error_type"] == "GENERIC_BACKEND_ERROR", "\(outcome.output)")
    #expect(error?["message"]?.stringValue?.hasPrefix("cannot access local variable") == true)
  }

  @Test func `CSV has the numbers and times of a pandas frame`() throws {
    let columns = [
      #"{"sqlExpression":"orders","label":"whole"}"#,
      #"{"sqlExpression":"CASE WHEN orders > 20 THEN orders END","label":"gaps"}"#,
      #"{"sqlExpression":"CASE WHEN orders > 20 THEN orders ELSE 0.5 END","label":"fractions"}"#,
      #"{"sqlExpression":"CASE WHEN orders > 20 THEN orders ELSE '=a' END","label":"-mixed"}"#,
    ]
    let context = """
      {"datasource":{"id":2,"type":"table"},"result_format":"csv","queries":[{
      "columns":[\(columns.joined(separator: ","))],"metrics":["count"],"orderby":[["count",false]],
      "filters":[{"col":"orders","op":"IN","val":[20,21]}]}]}
      """
    let outcome = try bench.run("chart-data", ["--response"], input: context)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "whole,gaps,fractions,'-mixed,count", "\(outcome.log)")
    let rows = Set(
      lines.dropFirst().map { $0.split(separator: ",").dropLast().joined(separator: "|") })
    #expect(rows == ["20|0.5|'=a", "21|21.0|21.0|21"], "\(outcome.output)")
    let json = try bench.run("chart-data", input: context)
    #expect(json.json.arrayValue?.count == 2, "the rows can still be had as JSON")
  }

  @Test func `a job that asks for CSV leaves CSV for the cache`() throws {
    let files = try bench.makeDirectory("files")
    let form =
      #"{"datasource":{"id":2,"type":"table"},"result_format":"csv","queries":[{"metrics":["count"]}]}"#
    let outcome = try bench.load(form, ["SPOOL_FILES": files])
    #expect(outcome.status == 0, "\(outcome.log)")
    let entry = outcome.json["cache"]?.arrayValue?.first
    #expect(entry?["content_type"] == "text/csv; charset=utf-8" && entry?["file"] == "data.csv")
    let text = try String(contentsOfFile: "\(files)/data.csv", encoding: .utf8)
    #expect(text.hasPrefix("count\n"))
    let filter = try bench.load(form)
    #expect(filter.json["result"]?.stringValue == text)
  }
}
