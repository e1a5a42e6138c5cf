// SPDX-License-Identifier: MIT
import JSONValues
import TaskContract

/// One line of a worker: a job, and what is its own of what a task finds in its environment.
struct ResidentRequest {
  let job: ArraySlice<UInt8>
  let variables: [TaskVariable: String]
  private let id: JSONValue

  init(_ line: [UInt8]) throws(TaskStartError) {
    let members: [String: ArraySlice<UInt8>]
    do { members = try JSONValue.members(of: line) } catch {
      throw .malformedRequest(reason: "\(error)")
    }
    func value(_ name: ResidentProtocol.Request) -> JSONValue {
      // A slice of a text that was parsed as a whole.
      members[name.rawValue].flatMap { try? JSONValue(parsing: $0) } ?? .null
    }
    id = value(.id)
    guard let id = id.stringValue else { throw .malformedRequest(reason: "it has no id") }
    guard let job = members[ResidentProtocol.Request.job.rawValue] else {
      throw .malformedRequest(reason: "it has no job")
    }
    self.job = job
    variables = [
      .jobID: id, .attempt: value(.attempt).integerValue.map(String.init) ?? "",
      .deadline: value(.deadline).integerValue.map(String.init) ?? "",
      .eta: value(.eta).stringValue ?? "",
    ]
  }

  func answer(_ verdict: Verdict, _ output: TaskOutput?) -> TaskOutput {
    let members: JSONObject = [
      ResidentProtocol.Answer.id.rawValue: id,
      ResidentProtocol.Answer.status.rawValue: .integer(Int(verdict.rawValue)),
    ]
    guard var result = output?.bytes else { return TaskOutput(members) }
    // The end of its line: the answer has its own.
    result.removeLast()
    return TaskOutput(members, ResidentProtocol.Answer.result.rawValue, result)
  }
}
