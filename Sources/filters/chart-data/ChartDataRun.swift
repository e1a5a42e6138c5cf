// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks
import JSONValues
import SupersetMetadata
import SystemCalls
import TaskContract
import TaskRuntime

/// One run of the filter: who asks, for what, and in which form the answer is printed.
struct ChartDataRun {
  private let options: TaskOptions
  private let console: Console
  private let session: ChartSession
  /// The answer's form where it is not Superset's own.
  private let format: RowFormat?

  init(_ options: TaskOptions, _ console: Console) throws(ChartTaskError) {
    self.options = options
    self.console = console
    format = try options.has("response") ? nil : RowFormat(options["format"])
    session = try ChartSession(
      TaskContext(options: options, cancellation: Cancellation(), log: { console.log($0) }))
  }

  func run() throws {
    guard let format else { return try respond() }
    let (user, input) = try asked()
    let request = try request(input, as: user)
    try printed { output in
      try session.writeRows(of: request, as: format.layout, to: &output)
    }
  }

  /// What Superset would answer; where that is an error, the exit status tells its kind too.
  private func respond() throws {
    let (user, input) = try askedOrRefused()
    do {
      let request = try request(input, as: user)
      try printed { output in
        _ = try session.answer(request, .computed, to: &output)
        if request.context.format == .json { try output.append(newline) }
      }
    } catch {
      if case .query(let cause)? = error as? ChartTaskError {
        console.print(ErrorDocument(cause, for: user).json.bytes + newline)
      }
      throw error
    }
  }

  /// Nothing is printed until all of it is there: an error in the last row leaves no half answer, and a column that turns
  /// out to hold texts as well is written anew.
  private func printed(_ body: (inout FileAnswer) throws -> Void) throws {
    let file = try OpenFile.temporary(in: "/tmp")
    var output = FileAnswer(file)
    try body(&output)
    console.print(contentsOf: file)
  }

  private let newline = [UInt8(ascii: "\n")]

  private func askedOrRefused() throws -> (user: User, input: JSONValue) {
    do { return try asked() } catch TaskStartError.malformedJob(let reason) {
      console.print(ErrorDocument.malformed.json.bytes + newline)
      throw TaskStartError.malformedJob(reason: reason)
    }
  }

  /// Nothing is read where a saved chart is named.
  private func asked() throws -> (user: User, input: JSONValue) {
    let input = options["chart"] == nil ? try JobReader.job(try console.readInput()) : .null
    return (try session.user(named: options["user"], of: input), input)
  }

  private func request(
    _ input: JSONValue, as user: User
  ) throws(ChartTaskError) -> ChartRequest {
    guard let chart = options["chart"] else {
      // A whole job is taken as well, so that what was dropped can be looked at.
      let form = input["job_metadata"] == nil ? input : input["form_data"] ?? input
      return try session.request(form, as: user)
    }
    guard let id = Int(chart) else { throw .malformed(reason: "--chart needs a number") }
    let format = options.has("response") ? options["format"] ?? "json" : "json"
    return try session.request(
      chart: id, type: options["type"] ?? "full", format: format, as: user)
  }
}
