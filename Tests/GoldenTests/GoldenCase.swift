// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import Testing

/// One request to a real Superset, and what it answered.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let group: String
  let name: String
  let request: JSONValue
  let response: JSONValue

  init(_ line: JSONValue, group: String) throws {
    self.group = group
    name = line["case"]?.stringValue ?? ""
    request = line["request"] ?? .null
    response = line["response"] ?? .null
  }

  var testDescription: String { name }
  var user: String? { request["user"]?.stringValue }
  var method: String { request["method"]?.stringValue ?? "" }
  /// Without its parameters.
  var path: String { String(target.prefix { $0 != "?" }) }
  private var target: String { request["path"]?.stringValue ?? "" }
  /// Whether the answer came over the event channel.
  var isAccepted: Bool { status == 202 }
  var status: Int { response["status"]?.integerValue ?? 0 }

  /// When it was answered: a relative case's own second, which its answer shows; else midnight that day.
  var moment: CivilTime {
    guard request["server"] == "rel" else { return CivilTime("2026-11-23") ?? .epoch }
    let answer = results?.first ?? response["json"]
    let bounds = ["from_dttm", "to_dttm"].compactMap { answer?[$0]?.doubleValue }
    let times = bounds.map { CivilTime(microseconds: Int($0) * 1_000) }
    let today = times.map(\.text).first { $0.contains(" 10:3") }
    // Whole days, months and years do not change the time of day.
    return CivilTime("2024-06-19 \(today?.suffix(8) ?? "10:30:00")") ?? .epoch
  }

  /// A parameter behind the path's question mark.
  func parameter(_ name: String) -> String? {
    let pairs = target.drop { $0 != "?" }.dropFirst().split(separator: "&")
    return pairs.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
  }

  /// The results of a request that was answered, at once or over the event channel.
  var results: [JSONValue]? {
    let json = response["json"] ?? response["async"]?["result"]?["json"]
    return json?["result"]?.arrayValue
  }

  /// The last part of the URL under which an asynchronous answer was found.
  var contextKey: String? {
    let url = response["async"]?["event"]?["result_url"]?.stringValue
    return url.map { String($0.drop { $0 != "q" }) }
  }
}

extension CivilTime {
  fileprivate static let epoch = CivilTime(microseconds: 0)
}
