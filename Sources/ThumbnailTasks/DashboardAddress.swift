// SPDX-License-Identifier: MIT

/// The page of a dashboard as a client has named it: of a whole address the path alone counts, so that no cookie goes
/// anywhere else.
package struct DashboardAddress: Hashable {
  /// Bytes; Superset's own are shorter by far.
  private static let limit = 8192
  private static let place = "/superset/dashboard/"
  /// How much of the page is shown: Superset's word for a report's.
  private static let mode = "standalone"

  private let path: Substring
  private let query: [Substring]

  /// Nil for what is the page of no dashboard: `.../superset/dashboard/NAME/`, or `.../superset/dashboard/p/KEY/`.
  init?(_ text: String) {
    // Strict: what Chromium would read otherwise than it stands there, as a backslash, is none.
    guard text.utf8.count <= Self.limit, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return nil
    }
    let parts = text.prefix { $0 != "#" }
      .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let location = Self.path(of: parts[0]),
      let start = location.firstRange(of: Self.place)
    else { return nil }
    var names = location[start.upperBound...].split(
      separator: "/", omittingEmptySubsequences: false)
    if names.last?.isEmpty == true { names.removeLast() }
    let count = names.first == "p" ? 2 : 1
    guard names.count == count, names.allSatisfy(Self.isName) else { return nil }
    path = location[start.lowerBound...]
    query = parts.count < 2 ? [] : parts[1].split(separator: "&")
  }

  /// As it is photographed, without a menu.
  var photographed: String {
    let kept = query.filter { $0.prefix { $0 != "=" } != Self.mode }
    return "\(path)?\((kept + ["\(Self.mode)=3"]).joined(separator: "&"))"
  }

  /// What stands behind scheme and server, if they are there.
  private static func path(of location: Substring) -> Substring? {
    var rest = location
    if let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...].drop { $0 != "/" }
    } else if rest.hasPrefix("//") {
      rest = rest.dropFirst(2).drop { $0 != "/" }
    }
    return rest.hasPrefix("/") ? rest : nil
  }

  /// One step down a path, and no step up: browsers know a dot and a slash also when they are escaped.
  private static func isName(_ name: Substring) -> Bool {
    let lower = name.lowercased()
    return !lower.replacing("%2e", with: ".").allSatisfy { $0 == "." }
      && !lower.contains("%2f") && !lower.contains("%5c")
      && lower.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
          || "-_.~%".utf8.contains(byte)
      }
  }
}
