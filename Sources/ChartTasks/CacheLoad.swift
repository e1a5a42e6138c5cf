// SPDX-License-Identifier: MIT
import ChartQueries
import JSONValues
import SystemCalls
import TaskContract
import TaskRuntime

/// One chart's data on its way into the cache: found there, taken over from another task, or computed.
package struct CacheLoad {
  private let request: CacheableRequest
  private let context: TaskContext
  private let key: CacheKey
  private let files = SystemFiles()

  package init(_ request: CacheableRequest, _ context: TaskContext) throws(ChartTaskError) {
    guard let key = CacheKey(request.key) else {
      throw .malformed(reason: "no cache key can be made of it")
    }
    self.request = request
    self.context = context
    self.key = key
  }

  package func output(reporting metadata: JSONValue) throws(ChartTaskError) -> TaskOutput {
    var members: JSONObject = [
      "status": "done", "result_url": .string("\(request.address)\(key)"),
      "job_metadata": .object((metadata.objectValue ?? [:]).filter { $0.key != "guest_token" }),
    ]
    let cache = ResultCache(context.environment)
    if let data = cached(in: cache) { return try found(data, &members) }
    // The lock lives as long as this variable, so to the end of the run.
    let flight = try flight(in: cache)
    defer { withExtendedLifetime(flight) {} }
    if let flight, !request.isForced {
      if let data = cached(in: cache) { return try found(data, &members) }
      if try takeOver(from: flight) {
        members["cached"] = true
        members["cache"] = [entry]
        return TaskOutput(members)
      }
    }
    return try computed(flight, &members)
  }

  /// A timeout of -1 forbids to read the cache, not to be read from it: then the cache's own default holds.
  private var entry: JSONValue {
    var entry: JSONObject = ["key": .string(key.text), "file": .string(request.fileName)]
    if request.timeout >= 0 { entry["timeout"] = .integer(request.timeout) }
    entry["content_type"] = .string(request.contentType)
    return .object(entry)
  }

  /// Forced jobs and those whose timeout is -1 never read the cache.
  private func cached(in cache: ResultCache?) -> String? {
    guard !request.isForced, request.timeout != -1,
      let beginning = request.beginning,
      let path = cache?.freshData(of: key, at: SystemClock.now())
    else { return nil }
    return (try? files.contents(of: path, limit: beginning.count)) == beginning ? path : nil
  }

  private func found(
    _ path: String, _ members: inout JSONObject
  ) throws(ChartTaskError) -> TaskOutput {
    members["cached"] = true
    members["cache"] = []
    guard context.environment[.files] == nil else { return TaskOutput(members) }
    do { return TaskOutput(members, "result", try files.contents(of: path)) } catch {
      throw .system(error)
    }
  }

  /// An answer as a member of the job's result: CSV becomes a text.
  private func inJSON(_ answer: [UInt8]) throws(ChartTaskError) -> [UInt8] {
    guard !request.isJSON else { return answer }
    guard let text = String(validating: answer, as: UTF8.self) else {
      throw .unsupported("\(request.fileName) without a place for files")
    }
    return JSONValue.string(text).bytes
  }

  private func flight(in cache: ResultCache?) throws(ChartTaskError) -> Flight? {
    guard let cache else { return nil }
    let flight: Flight?
    do { flight = try cache.flight(of: key, context.cancellation) } catch { throw .system(error) }
    guard let flight else { throw .timedOut }
    return flight
  }

  private func takeOver(from flight: Flight) throws(ChartTaskError) -> Bool {
    guard let directory = context.environment[.files], request.timeout != -1 else { return false }
    do { return try flight.takeOver(to: "\(directory)/\(request.fileName)") } catch {
      throw .system(error)
    }
  }

  private func write(
    to path: String, _ freshness: AnswerFreshness
  ) throws(ChartTaskError) -> Int {
    let file: OpenFile
    do {
      try files.unlinkIfPresent(path)
      file = try files.open(path, .create)
    } catch { throw .system(error) }
    var output: any AnswerOutput = FileAnswer(file)
    do { return try request.answer(freshness, &output) } catch {
      // Half an answer is none.
      try? files.unlinkIfPresent(path)
      throw error
    }
  }

  private func computed(
    _ flight: Flight?, _ members: inout JSONObject
  ) throws(ChartTaskError) -> TaskOutput {
    guard let directory = context.environment[.files] else {
      var document: any AnswerOutput = CollectedAnswer()
      members["rowcount"] = .integer(try request.answer(.computed, &document))
      let bytes = (document as? CollectedAnswer)?.bytes ?? []
      return TaskOutput(members, "result", try inJSON(bytes))
    }
    let now = String(SystemClock.now().iso8601.prefix(19))
    let path = "\(directory)/\(request.fileName)"
    members["rowcount"] = .integer(try write(to: path, .cached(at: now)))
    do { try flight?.leave(path) } catch {
      // Only those who wait lose by it: they compute for themselves.
      context.log("unable to share \(path): \(error)")
    }
    members["cache"] = [entry]
    return TaskOutput(members)
  }
}
