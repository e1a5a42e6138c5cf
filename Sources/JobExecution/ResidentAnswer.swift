// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import TaskContract

/// What a resident task has answered to a request.
struct ResidentAnswer {
  /// What a task of one job would have exited with.
  let status: Int32
  /// JSON, as the task wrote it.
  let result: ArraySlice<UInt8>

  /// - Parameter line: without the newline.
  init(_ line: [UInt8], to id: JobID) throws(ResidentFault) {
    let members: [String: ArraySlice<UInt8>]
    do { members = try JSONValue.members(of: line) } catch {
      throw .notAnAnswer(reason: "\(error)")
    }
    guard let told = Self.value(.id, members)?.stringValue else {
      throw .notAnAnswer(reason: "it has no id")
    }
    guard told == id.text else { throw .otherJob(told) }
    guard let status = Self.value(.status, members)?.integerValue, (0...255).contains(status) else {
      throw .notAnAnswer(reason: "it has no status from 0 to 255")
    }
    self.status = Int32(status)
    result = members[ResidentProtocol.Answer.result.rawValue] ?? Array("null".utf8)[...]
  }

  private static func value(
    _ member: ResidentProtocol.Answer, _ members: [String: ArraySlice<UInt8>]
  ) -> JSONValue? {
    // A slice of a text that was parsed as a whole.
    members[member.rawValue].flatMap { try? JSONValue(parsing: $0) }
  }
}

/// How a resident task breaks the rules: it cannot be asked any more.
enum ResidentFault: Error, CustomStringConvertible {
  case notAnAnswer(reason: String)
  case otherJob(String)
  case tooLong(limit: Int)
  /// It has closed its standard output and lives on.
  case closed
  case spokeUnasked

  var description: String {
    switch self {
    case .notAnAnswer(let reason): "its answer is none: \(reason)"
    case .otherJob(let id): "it answered for another job: \(id)"
    case .tooLong(let limit): "its answer is longer than \(limit) bytes"
    case .closed: "it has closed its standard output"
    case .spokeUnasked: "it wrote to its standard output without being asked"
    }
  }
}
