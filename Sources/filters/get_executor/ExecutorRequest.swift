// SPDX-License-Identifier: MIT
import JSONValues
import SupersetMetadata
import TaskContract
import TaskRuntime

/// What Superset's function of this name is called with.
struct ExecutorRequest {
  let rules: [ExecutorRule]
  let kind: OwnedKind
  let id: Int
  let currentUser: String?

  init(_ request: JSONValue) throws(ExecutorRequestError) {
    guard let model = request["model"]?.stringValue else { throw .missing("model") }
    guard let kind = OwnedKind(named: model) else { throw .unknownModel(model) }
    guard let id = (request["id"] ?? request["model_id"])?.integerValue else {
      throw .missing("id")
    }
    self.kind = kind
    self.id = id
    currentUser = request["current_user"]?.stringValue
    rules = try Self.rules(request["executor_types"]) ?? kind.usualRules
  }

  private static func rules(_ value: JSONValue?) throws(ExecutorRequestError) -> [ExecutorRule]? {
    guard let value, !value.isNull else { return nil }
    guard let items = value.arrayValue else { throw .badRule(value.text) }
    var rules: [ExecutorRule] = []
    for item in items {
      // The second is what a FixedExecutor of Superset's looks like.
      if let text = item.stringValue {
        do { rules.append(try ExecutorRule(text)) } catch { throw .badRule(item.text) }
      } else if let name = (item["fixed_user"] ?? item["username"])?.stringValue {
        rules.append(.fixedUser(name))
      } else {
        throw .badRule(item.text)
      }
    }
    return rules
  }
}

extension OwnedKind {
  /// THUMBNAIL_EXECUTE_AS, and ALERT_REPORTS_EXECUTE_AS.
  fileprivate var usualRules: [ExecutorRule] {
    switch self {
    case .chart, .dashboard: [.currentUser, .selenium]
    case .reportSchedule: [.owner]
    }
  }
}

enum ExecutorRequestError: TaskFailure, Hashable {
  case missing(String)
  case unknownModel(String)
  case badRule(String)

  var verdict: Verdict { .badInput }

  var description: String {
    switch self {
    case .missing(let member): "the request has no \(member)"
    case .unknownModel(let text):
      "the model '\(text)' is none of Slice, Dashboard, ReportSchedule"
    case .badRule(let text): "Invalid executor type: \(text)"
    }
  }
}
