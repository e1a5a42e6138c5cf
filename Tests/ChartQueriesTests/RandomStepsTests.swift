// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Testing

@testable import ChartQueries

/// Operations on random tables, against what Superset's own make of them; recorded/make_steps.py has asked it.
struct RandomStepsTests {
  /// `STEPS=FILE` takes other cases.
  private static let cases: [JSONValue] = {
    guard let path = ProcessInfo.processInfo.environment["STEPS"],
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return Recorded.cases("steps") }
    return text.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
  }()

  @Test func `steps make of tables what Superset makes of them`() {
    #expect(Self.cases.count >= 400)
    for one in Self.cases {
      if let difference = difference(one) { Issue.record("\(difference): \(one.text)") }
    }
  }

  /// What is otherwise here; nil where nothing is.
  private func difference(_ one: JSONValue) -> String? {
    let steps = one["steps"]?.arrayValue ?? []
    let result: DataTable
    do {
      result = try PostProcessing.apply(steps, to: table(one["table"]))
      if let error = one["error"] { return "no error for \(error.text)" }
      // Where Superset breaks off, an answer may be as good.
      guard one["breaks"] == nil else { return nil }
      return try difference(result, one)
    } catch {
      if let expected = one["error"]?.stringValue {
        return "\(error)" == "Error: \(expected)" ? nil : "error \(error) for \(expected)"
      }
      return one["breaks"] == nil ? "error \(error)" : nil
    }
  }

  private func difference(_ result: DataTable, _ one: JSONValue) throws -> String? {
    let names = (one["names"]?.arrayValue ?? []).compactMap(\.stringValue)
    guard try result.names == names else { return "names \(try result.names)" }
    let rows = (0..<result.rowCount).map { row in
      JSONValue.array(result.columns.map { $0.cells[row].json })
    }
    guard Nearness.isNear(.array(rows), one["rows"] ?? []) else {
      return "rows \(JSONValue.array(rows).text)"
    }
    let types = result.types(names) { _ in false }.map(\.rawValue)
    let numeric = ["floating", "integer", "mixed-integer-float"]
    let kinds = (one["kinds"]?.arrayValue ?? []).map {
      numeric.contains($0.stringValue ?? "") ? 0 : 1
    }
    return types == kinds ? nil : "types \(types)"
  }

  private func table(_ columns: JSONValue?) -> DataTable {
    DataTable(
      (columns?.objectValue ?? [:]).elements.map { name, cells in
        DataTable.Column(label: [.text(name)], cells: (cells.arrayValue ?? []).map(Cell.init))
      }
    ).settled
  }
}
