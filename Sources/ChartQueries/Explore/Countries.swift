// SPDX-License-Identifier: MIT
import JSONValues

/// Countries by their codes, with a place on the map for each: what Superset's world map knows.
enum Countries {
  struct Country: Sendable {
    let code: String
    let latitude: JSONValue
    let longitude: JSONValue
    let name: String
  }

  /// How a country may be named.
  enum Code: String {
    case cca2, cca3, cioc, name
  }

  /// In any case.
  static func country(_ name: String, by code: Code) -> Country? {
    byCode[code]?[name.lowercased()]
  }

  private static let byCode: [Code: [String: Country]] = {
    var byCode: [Code: [String: Country]] = [:]
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 5).map(String.init)
      guard parts.count == 6 else { continue }
      let country = Country(
        code: parts[1], latitude: number(parts[3]), longitude: number(parts[4]), name: parts[5])
      byCode[.cca2, default: [:]][parts[0].lowercased()] = country
      byCode[.cca3, default: [:]][parts[1].lowercased()] = country
      byCode[.cioc, default: [:]][parts[2].lowercased()] = country
      byCode[.name, default: [:]][parts[5].lowercased()] = country
    }
    return byCode
  }()

  private static func number(_ text: String) -> JSONValue { (try? JSONValue(parsing: text)) ?? nil }
}
