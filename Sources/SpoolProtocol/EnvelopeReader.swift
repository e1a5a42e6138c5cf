// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls

/// Takes the members of an envelope; null counts as absent, as in Celery's messages.
struct EnvelopeReader {
  private let members: JSONObject

  init(_ members: JSONObject) { self.members = members }

  func queue(_ name: String) throws(JobFormatError) -> QueueName {
    guard let text = members[name]?.stringValue, let queue = QueueName(text) else {
      throw .badMember(name, expected: "the name of a queue")
    }
    return queue
  }

  func id(_ name: String) throws(JobFormatError) -> JobID? {
    // Not one whose file would be another job's further attempt.
    try member(name, "a job's id") { value in
      value.stringValue.flatMap { JobName(fileName: "\($0).json") }.flatMap {
        $0.attempt == 1 ? $0.id : nil
      }
    }
  }

  func object(_ name: String) throws(JobFormatError) -> JSONObject? {
    try member(name, "an object", \.objectValue)
  }

  func array(_ name: String) throws(JobFormatError) -> [JSONValue]? {
    try member(name, "an array", \.arrayValue)
  }

  func text(_ name: String) throws(JobFormatError) -> String? {
    try member(name, "a text", \.stringValue)
  }

  func moment(_ name: String) throws(JobFormatError) -> Timestamp? {
    try member(name, "a moment in ISO 8601") { $0.stringValue.flatMap(Timestamp.init(iso8601:)) }
  }

  func expiry(_ name: String) throws(JobFormatError) -> Job.Expiry? {
    try member(name, "a moment in ISO 8601 or seconds") { value in
      if let seconds = Self.positive(value) { return .after(.seconds(seconds)) }
      return value.stringValue.flatMap(Timestamp.init(iso8601:)).map(Job.Expiry.at)
    }
  }

  func seconds(_ name: String) throws(JobFormatError) -> Double? {
    try member(name, "a number of seconds", Self.positive)
  }

  func integer(_ name: String, in range: ClosedRange<Int>) throws(JobFormatError) -> Int? {
    let expected =
      range.upperBound == .max
      ? "a count" : "a number from \(range.lowerBound) to \(range.upperBound)"
    return try member(name, expected) { value in
      value.integerValue.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func envelopes(_ name: String) throws(JobFormatError) -> [JSONObject] {
    let envelopes = try member(name, "a list of envelopes") { value -> [JSONObject]? in
      let objects = value.arrayValue?.compactMap(\.objectValue)
      return objects?.count == value.arrayValue?.count ? objects : nil
    }
    for envelope in envelopes ?? [] {
      guard try !Job(envelope).isBare else {
        throw .badMember(name, expected: "a list of envelopes, each with a task")
      }
    }
    return envelopes ?? []
  }

  private func member<Value>(
    _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
  ) throws(JobFormatError) -> Value? {
    guard let value = members[name], !value.isNull else { return nil }
    guard let converted = convert(value) else { throw .badMember(name, expected: expected) }
    return converted
  }

  /// A hundred years: what is longer is a mistake, and would not fit the clock's arithmetic.
  private static let longest: Double = 100 * 365 * 86400

  private static func positive(_ value: JSONValue) -> Double? {
    value.doubleValue.flatMap { $0 >= 0 && $0 <= longest ? $0 : nil }
  }
}
