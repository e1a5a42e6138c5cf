// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import TaskContract

/// A task that stays, asked as its worker asks it.
final class ResidentTask {
  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()
  private var count = 0

  struct Answer {
    let status: Int?
    let result: JSONValue

    /// Those of the first query.
    var rows: JSONValue? { result["result"]?["result"]?.arrayValue?.first?["data"] }
    var isOK: Bool { status == 0 }
  }

  init(
    _ bench: Workbench, _ name: String = "load_chart_data_into_cache", arguments: [String] = [],
    _ variables: [String: String] = [:]
  ) throws {
    process.executableURL = Workbench.products.appendingPathComponent(name)
    process.arguments = ["--resident"] + arguments
    process.environment = [
      "SUPERSET_METADATA_URL": "sqlite:///\(bench.metadata)", "PATH": "/usr/bin:/bin",
    ].merging(variables) { $1 }.filter { !$1.isEmpty }
    process.standardInput = requests
    process.standardOutput = answers
    try process.run()
  }

  deinit {
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Asks a task of charts for the data of a form.
  func ask(_ form: String, user: Int = 1) throws -> Answer {
    try ask(
      job:
        #"{"job_metadata":{"channel_id":"c","job_id":"j","user_id":\#(user)},"form_data":\#(form)}"#
    )
  }

  /// - Parameter job: JSON text, as in a job's file.
  func ask(job: String) throws -> Answer {
    count += 1
    let request = #"{"id":"\#(count)","attempt":1,"job":\#(job)}"# + "\n"
    try requests.fileHandleForWriting.write(contentsOf: Data(request.utf8))
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let piece = answers.fileHandleForReading.availableData
      guard !piece.isEmpty else { break }
      line += piece
    }
    let answer = try JSONValue(parsing: line)
    return Answer(
      status: answer[ResidentProtocol.Answer.status.rawValue]?.integerValue,
      result: answer[ResidentProtocol.Answer.result.rawValue] ?? .null)
  }
}
