// SPDX-License-Identifier: MIT
import JSONValues
import Reports
import SystemCalls

/// What a job has done so far, on disk before it is done: after a crash nobody is told twice, and it is seen that it broke off.
///
///     {"run":"6f1c…","scheduled":"2026-11-29T09:00:00.000Z","began":"2026-11-29T09:00:00.012Z"}
///     {"alert":{"value":0.5,"row":null}}
///     {"telling":"3","to":["ann@example.org","bob@example.org"]}
///     {"told":"3","missing":["bob@example.org"]}
///     {"ended":"Success"}
final class ReportJournal {
  /// How far a message to an address has come.
  private enum Telling: Hashable { case begun, done, failed }

  /// An address, and of which kind of message: owners are told of failures, recipients of the report.
  private struct Place: Hashable {
    let ofOwners: Bool
    let address: String
  }

  let path: String
  let run: String
  private(set) var scheduled: Timestamp?
  private(set) var began: Timestamp?
  /// What the alert found that the recipients are told of.
  private(set) var alert: JSONValue?
  /// Whose messages were under way when the journal ended, by their names.
  private(set) var unsure: Set<String> = []
  private var tellings: [Place: Telling] = [:]
  /// How far it had come when the last message to the address began.
  private var before: [Place: Telling] = [:]
  /// Where the message under way goes.
  private var places: Set<Place> = []
  /// Of the attempts before this one.
  private var earlier: [Place: Telling] = [:]
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
    guard let run = entries.first?["run"]?.stringValue.flatMap(RunIdentity.digits) else {
      return nil
    }
    let journal = ReportJournal(path, run, file)
    for entry in entries { journal.take(entry) }
    journal.earlier = journal.tellings
    return journal
  }

  private init(_ path: String, _ run: String, _ file: OpenFile) {
    self.path = path
    self.run = run
    self.file = file
  }

  func noteAlert(_ finding: JSONValue) throws(SystemError) { try note(["alert": finding]) }
  func noteBegin(of recipient: String, to addresses: [String]) throws(SystemError) {
    try note([
      "telling": .string(recipient), "to": .array(addresses.map(JSONValue.string)),
    ])
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
    takeTelling(entry)
    if entry["resumed"] != nil { ending = nil }
    if let text = entry["ended"]?.stringValue { ending = text }
  }

  private func takeTelling(_ entry: JSONValue) {
    if let recipient = entry["telling"]?.stringValue {
      unsure.insert(recipient)
      let addresses = (entry["to"]?.arrayValue ?? []).compactMap(\.stringValue)
      places = Set(addresses.map { Place(ofOwners: recipient == Self.owners, address: $0) })
      for place in places {
        before[place] = tellings[place]
        tellings[place] = .begun
      }
    }
    if let recipient = entry["told"]?.stringValue {
      unsure.remove(recipient)
      let missing = (entry["missing"]?.arrayValue ?? []).compactMap(\.stringValue)
      for place in places {
        tellings[place] = missing.contains(place.address) ? failed(at: place) : .done
      }
    }
    if let recipient = entry["untold"]?.stringValue {
      unsure.remove(recipient)
      for place in places { tellings[place] = failed(at: place) }
    }
  }

  /// It may have got what was sent to it before, by an earlier attempt or as an address of another recipient.
  private func failed(at place: Place) -> Telling { before[place] ?? .failed }

  /// What the owners' messages are called.
  static let owners = "owners"

  /// Whether an attempt before this one has told the address, as whoever's it was.
  ///
  /// Superset gives all recipients of a schedule new numbers when one of them is changed.
  func isTold(_ address: String, by name: String) -> Bool {
    earlier[Place(ofOwners: name == Self.owners, address: address)] == .done
  }

  /// Nobody knows whether the address has it.
  func isUnsure(_ address: String, by name: String) -> Bool {
    earlier[Place(ofOwners: name == Self.owners, address: address)] == .begun
  }
}
