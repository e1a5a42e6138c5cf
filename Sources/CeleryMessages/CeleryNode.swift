// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

/// A result as Celery names it to others: `[[id, parent], members]`, where members are null for that of one task.
package indirect enum CeleryNode: Hashable, Sendable {
  case task(String, parent: CeleryNode? = nil)
  case group(String, [CeleryNode], parent: CeleryNode? = nil)

  package var id: String {
    switch self {
    case .task(let id, _), .group(let id, _, _): id
    }
  }

  package var parent: CeleryNode? {
    switch self {
    case .task(_, let parent), .group(_, _, let parent): parent
    }
  }

  func withParent(_ parent: CeleryNode?) -> CeleryNode {
    switch self {
    case .task(let id, _): .task(id, parent: parent)
    case .group(let id, let members, _): .group(id, members, parent: parent)
    }
  }

  package init(_ value: JSONValue) throws(CeleryMessageError) {
    let form = "a result [[id, parent], members]"
    guard let pair = value.arrayValue, pair.count == 2 else {
      throw .badMember("children", expected: form)
    }
    let name = pair[0].arrayValue ?? [pair[0], .null]
    guard name.count == 2, let id = name[0].stringValue else {
      throw .badMember("children", expected: form)
    }
    let parent = name[1].isNull ? nil : try CeleryNode(name[1])
    guard let members = pair[1].arrayValue else {
      self = .task(id, parent: parent)
      return
    }
    self = .group(id, try Self.list(members), parent: parent)
  }

  static func list(_ values: [JSONValue]) throws(CeleryMessageError) -> [CeleryNode] {
    var nodes: [CeleryNode] = []
    for value in values { nodes.append(try CeleryNode(value)) }
    return nodes
  }

  package var json: JSONValue {
    switch self {
    case .task(let id, let parent): [[.string(id), parent?.json ?? .null], .null]
    case .group(let id, let members, let parent):
      [[.string(id), parent?.json ?? .null], .array(members.map(\.json))]
    }
  }

  /// Reads the file of a group that its producer saved (`celery-taskset-meta-ID`).
  package init(parsingSavedGroup bytes: [UInt8]) throws(CeleryMessageError) {
    let members = try Document.object(bytes, as: "a saved group")
    guard let result = members["result"] else { throw .notThe("a saved group") }
    self = try CeleryNode(result)
  }

  /// What `GroupResult.save()` writes.
  package var savedGroupBytes: [UInt8] { PythonJSON.bytes(["result": json]) }
}
