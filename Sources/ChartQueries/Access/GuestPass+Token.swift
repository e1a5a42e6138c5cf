// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts
import SupersetMetadata

extension GuestPass {
  /// The claims of a guest token, as Superset puts them into the metadata of a job.
  ///
  /// - Throws: an error for one without its parts: nobody is then taken for somebody with fewer rules.
  package init(token: JSONValue) throws(MetadataError) {
    guard let user = token["user"]?.objectValue else {
      throw .malformedGuest(reason: "it names no user")
    }
    guard let resources = token["resources"]?.arrayValue else {
      throw .malformedGuest(reason: "it has no resources")
    }
    let given = token["rls_rules"] ?? .array([])
    guard let rules = given.isNull ? [] : given.arrayValue else {
      throw .malformedGuest(reason: "its rls_rules are no list")
    }
    var read: [Rule] = []
    for rule in rules {
      guard let clause = rule["clause"]?.stringValue else {
        throw .malformedGuest(reason: "a rule has no clause")
      }
      read.append(Rule(dataset: try Self.dataset(rule["dataset"] ?? .null), clause: clause))
    }
    let expiry = token["exp"] ?? .null
    guard expiry.isNull || expiry.doubleValue != nil else {
      throw .malformedGuest(reason: "its exp is no number")
    }
    let dashboards = resources.filter { $0["type"] == "dashboard" }
      .compactMap { $0["id"].map(PythonText.plain) }
    self.init(
      username: user["username"]?.stringValue ?? "guest_user", dashboards: Set(dashboards),
      rules: read, expiry: expiry.doubleValue)
  }

  /// A number that is written with a point is the same number.
  ///
  /// - Throws: an error for what is none: its rule would hold for no dataset at all.
  private static func dataset(_ value: JSONValue) throws(MetadataError) -> String? {
    guard value.saysAnything else { return nil }
    guard let dataset = value.integerValue.map(String.init) ?? value.stringValue else {
      throw .malformedGuest(reason: "the dataset of a rule is no number")
    }
    return dataset
  }

  /// Superset's worker does not ask how long a guest may stay; its web server does.
  package func isValid(at now: CivilTime) -> Bool {
    expiry.map { Double(now.microseconds) / 1_000_000 < $0 } ?? true
  }
}
