// SPDX-License-Identifier: MIT
import JSONValues
import PythonTexts

extension CeleryResult {
  /// The file's content, byte for byte as Celery's filesystem backend writes it.
  ///
  /// - Important: to be written under another name and renamed. A client that sees a part of it raises DecodeError.
  package var bytes: [UInt8] {
    var document: JSONObject = [
      "status": .string(state.rawValue), "result": value,
      "traceback": traceback.map(JSONValue.string) ?? .null,
      "children": .array(children.map(\.json)),
      "date_done": (dateDone?.isoformat).map(JSONValue.string) ?? .null,
    ]
    document["group_id"] = groupID.map(JSONValue.string)
    document["parent_id"] = parentID.map(JSONValue.string)
    if let extended { document.merge(extended.members) { own, _ in own } }
    document["task_id"] = .string(id)
    return PythonJSON.bytes(.object(document))
  }

  /// Reads a result file, compressed as Celery 5.7 may have written it.
  ///
  /// - Throws: ``CeleryMessageError``; `incomplete` for an empty one, which a client takes for PENDING, or for a part of one.
  package init(
    parsing bytes: [UInt8], id: String, inflatingUpTo limit: Int = CeleryMessage.inflatedLimit
  ) throws(CeleryMessageError) {
    let form = "a result"
    let members = try Document.object(try Self.unpacked(bytes, limit), as: form)
    let reader = MemberReader(members)
    guard let status = members["status"]?.stringValue else { throw .notThe(form) }
    self.init(
      id: try reader.text("task_id") ?? id, state: CeleryState(rawValue: status),
      value: try KombuTypes.plain(members["result"] ?? .null))
    traceback = members["traceback"]?.stringValue
    children = try CeleryNode.list(try reader.array("children") ?? [])
    // A client shows it and does not calculate with it.
    dateDone = members["date_done"]?.stringValue.flatMap(CeleryInstant.init(iso8601:))
    groupID = try reader.text("group_id")
    parentID = try reader.text("parent_id")
    extended = Extended(members)
  }

  /// What Celery 5.7 puts before a compressed result, then the compression's name and a null byte.
  private static let magic = Array("\0celery-compressed\0".utf8)

  private static func unpacked(
    _ bytes: [UInt8], _ limit: Int
  ) throws(CeleryMessageError) -> [UInt8] {
    guard bytes.first == 0 else { return bytes }
    guard bytes.starts(with: magic), let end = bytes[magic.count...].firstIndex(of: 0) else {
      guard !magic.starts(with: bytes), !bytes.starts(with: magic) else { throw .incomplete }
      throw .notThe("a result")
    }
    let name = String(decoding: bytes[magic.count..<end], as: UTF8.self)
    guard name == KombuEnvelope.gzipType else { throw .compression(name) }
    return try Inflation.inflate(Array(bytes[(end + 1)...]), limit: limit)
  }

  /// The name of a task's result file; nil for an id that is no file's name.
  package static func fileName(ofTask id: String) -> String? { fileName(taskPrefix, id) }

  /// The name of the file of a group that its producer saved.
  package static func fileName(ofGroup id: String) -> String? { fileName(groupPrefix, id) }

  private static let taskPrefix = "celery-task-meta-"
  private static let groupPrefix = "celery-taskset-meta-"
  /// Counters of chords, which the filesystem backend has none of.
  private static let chordPrefix = "chord-unlock-"
  private static let longestName = 255

  private static func fileName(_ prefix: String, _ id: String) -> String? {
    let name = prefix + id
    let isName = !id.isEmpty && !id.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    return isName && name.utf8.count <= longestName ? name : nil
  }

  /// Whether `celery.backend_cleanup` removes a file of this name once it is older than `result_expires`.
  package static func expires(fileName name: String) -> Bool {
    [taskPrefix, groupPrefix, chordPrefix].contains { name.hasPrefix($0) }
  }
}

extension CeleryResult.Extended {
  fileprivate var members: JSONObject {
    var members: JSONObject = [
      "name": .string(name), "args": .array(args), "kwargs": .object(kwargs),
      "worker": .string(worker), "retries": .integer(retries),
      "queue": queue.map(JSONValue.string) ?? .null,
    ]
    if !stamps.isEmpty {
      members["stamped_headers"] = .array(stampedHeaders.map(JSONValue.string))
      members.merge(stamps) { own, _ in own }
    }
    return members
  }

  /// Nil where the application does not keep it.
  fileprivate init?(_ members: JSONObject) {
    guard let name = members["name"]?.stringValue, let worker = members["worker"]?.stringValue
    else { return nil }
    self.name = name
    self.worker = worker
    args = members["args"]?.arrayValue ?? []
    kwargs = members["kwargs"]?.objectValue ?? [:]
    retries = members["retries"]?.integerValue ?? 0
    queue = members["queue"]?.stringValue
    stampedHeaders = (members["stamped_headers"]?.arrayValue ?? []).compactMap(\.stringValue)
    for header in stampedHeaders { stamps[header] = members[header] }
  }
}
