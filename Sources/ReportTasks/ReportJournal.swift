// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// What a job has done so far, on disk before it is done: after a crash nobody is told twice, and it is seen that it broke off.
///
///     {"run":"6f1c…","scheduled":"2026-11-29T09:00:00.000Z","began":"2026-11-29T09:00:00.012Z"}
///     {"alert":{"value":0.5,"row":null}}
///     {"telling":"3"}
///     {"told":"3"}
///     {"ended":"Success"}
final class ReportJournal {
  /// How far a message to somebody has come.
  enum Telling: Hashable {
    case begun
    /// All of the recipient's addresses have it, but for these.
    case done(but: [String])
    case failed
  }

  let path: String
  let run: String
  private(set) var scheduled: Timestamp?
  private(set) var began: Timestamp?
  /// What the alert found that the recipients are told of.
  private(set) var alert: JSONValue?
  private(set) var tellings: [String: Telling] = [:]
  /// How far it had come when the last attempt at telling began.
  private var before: [String: Telling] = [:]
  /// How the last attempt ended; nil while it is under way, or when it broke off.
  private(set) var ending: String?
  private let file: OpenFile

  /// Begins a new one, also in the place of another one.
  static func begin(
    at path: String, run: String, scheduled: Timestamp, _ now: Timestamp
  ) throws(SystemError) -> ReportJournal {
    let files = SystemFiles()
    try files.unlinkIfPresent(path)
    let journal = ReportJournal(path, run, try files.open(path, .append))
    try journal.note([
      "run": .string(run), "scheduled": .string(scheduled.iso8601), "began": .string(now.iso8601),
    ])
    try files.syncDirectory(path.parentPath)
    return journal
  }

  /// Nil where there is none, or none that a crash has left readable.
  static func read(at path: String) throws(SystemError) -> ReportJournal? {
    let files = SystemFiles()
    guard try files.exists(path) else { return nil }
    let file = try files.open(path, .append)
    let lines = try files.contents(of: path).split(separator: UInt8(ascii: "\n"))
    let entries = lines.compactMap { try? JSONValue(parsing: Array($0)) }
    guard let run = entries.first?["run"]?.stringValue else { return nil }
    let journal = ReportJournal(path, run, file)
    for entry in entries { journal.take(entry) }
    return journal
  }

  private init(_ path: String, _ run: String, _ file: OpenFile) {
    self.path = path
    self.run = run
    self.file = file
  }

  func noteAlert(_ finding: JSONValue) throws(SystemError) { try note(["alert": finding]) }
  func noteBegin(of recipient: String) throws(SystemError) {
    try note(["telling": .string(recipient)])
  }
  func noteSuccess(of recipient: String, but missing: [String]) throws(SystemError) {
    var entry: JSONObject = ["told": .string(recipient)]
    if !missing.isEmpty { entry["missing"] = .array(missing.map(JSONValue.string)) }
    try note(entry)
  }
  func noteFailure(of recipient: String) throws(SystemError) {
    try note(["untold": .string(recipient)])
  }
  func noteEnd(_ ending: String) throws(SystemError) { try note(["ended": .string(ending)]) }
  /// Another attempt goes on with it.
  func noteResumption() throws(SystemError) { try note(["resumed": true]) }

  /// Returns when the entry is on disk.
  private func note(_ entry: JSONObject) throws(SystemError) {
    let entry = JSONValue.object(entry)
    // Half a line that a crash has left shall not swallow this one.
    try file.write([UInt8(ascii: "\n")] + entry.bytes + [UInt8(ascii: "\n")])
    try SystemFiles().sync(file)
    take(entry)
  }

  private func take(_ entry: JSONValue) {
    if let text = entry["scheduled"]?.stringValue { scheduled = Timestamp(iso8601: text) }
    if let text = entry["began"]?.stringValue { began = Timestamp(iso8601: text) }
    if let finding = entry["alert"] { alert = finding }
    if let recipient = entry["telling"]?.stringValue {
      before[recipient] = tellings[recipient]
      tellings[recipient] = .begun
    }
    if let recipient = entry["told"]?.stringValue {
      let missing = (entry["missing"]?.arrayValue ?? []).compactMap(\.stringValue)
      tellings[recipient] = .done(but: missing)
    }
    // Some of its addresses may have it since an attempt before.
    if let recipient = entry["untold"]?.stringValue {
      tellings[recipient] = before[recipient] ?? .failed
    }
    if entry["resumed"] != nil { ending = nil }
    if let text = entry["ended"]?.stringValue { ending = text }
  }
}
