// SPDX-License-Identifier: MIT
import Foundation
import JSONValues

/// The recorded answer against that of another kind of database: other SQL, the same rows.
extension GoldenComparison {
  /// What two databases cannot have in common, and what depends on the requests before.
  private static let ownMembers: Set = ["cached_dttm", "is_cached", "query", "data"]

  func rowDifferences() throws -> [String] {
    guard let content = try answer()?.content else { return ["no answer"] }
    if case .bytes(let bytes) = content, let text = golden.response["text"]?.stringValue {
      let (ours, theirs) = (lines(String(decoding: bytes, as: UTF8.self)), lines(text))
      return ours == theirs ? [] : ["lines: \(firstDifference(ours, theirs))"]
    }
    // Errors and workbooks are the same in both, or have no rows to compare.
    guard case .json(let answer) = content, let expected = golden.results else {
      return try differences()
    }
    let results = answer["result"]?.arrayValue ?? []
    guard results.count == expected.count else {
      return ["\(results.count) results: \(answer.text.prefix(300))"]
    }
    return zip(results, expected).flatMap(rowDifferences)
  }

  private func rowDifferences(_ ours: JSONValue, _ theirs: JSONValue) -> [String] {
    let names = theirs.objectValue?.keys.filter { !Self.ownMembers.contains($0) } ?? []
    var differences = names.filter { !Self.isEqual(ours[$0], theirs[$0]) }.map {
      "\($0): \(ours[$0]?.text.prefix(200) ?? "nothing") for \(theirs[$0]?.text.prefix(200) ?? "")"
    }
    let (found, expected) = (rows(of: ours), rows(of: theirs))
    if found != expected {
      let isOrder = found.sorted() == expected.sorted()
      differences.append("\(isOrder ? "order" : "data"): \(firstDifference(found, expected))")
    }
    return differences
  }

  private var isOrdered: Bool {
    let queries = golden.request["body"]?["queries"]?.arrayValue ?? []
    return queries.contains { $0["orderby"]?.arrayValue?.isEmpty == false }
  }

  /// Without an order, a database may give its rows in any.
  private func rows(of result: JSONValue) -> [String] {
    let rows = (result["data"]?.arrayValue ?? []).map(Self.shown)
    return isOrdered ? rows : rows.sorted()
  }

  private func lines(_ text: String) -> [String] {
    let lines = text.components(separatedBy: "\n")
    return isOrdered ? lines : lines.sorted()
  }

  private func firstDifference(_ ours: [String], _ theirs: [String]) -> String {
    guard ours.count == theirs.count else { return "\(ours.count) for \(theirs.count)" }
    let pair = zip(ours, theirs).first { $0 != $1 }
    return pair.map { "\($0.prefix(300)) for \($1.prefix(300))" } ?? ""
  }

  /// Sums of fractions depend on the order of the rows from the twelfth digit on.
  private static func shown(_ value: JSONValue) -> String {
    if let members = value.objectValue {
      return members.map { "\($0.key): \(shown($0.value))" }.joined(separator: ", ")
    }
    guard case .string = value else {
      return value.doubleValue.map { String(format: "%.10g", $0 + 0) } ?? value.text
    }
    return value.text
  }
}
