// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks
import JSONValues
import TaskRuntime

/// Superset's task of this name: the data of a legacy chart, computed once and left for the cache.
@main
enum LoadExploreJSONIntoCache: TaskProgram {
  static let name = "load_explore_json_into_cache"
  static let summary = "Computes the data of a legacy chart and leaves it for the cache"
  static let parameters = ["job_metadata", "form_data", "response_type", "force"]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(ChartTaskError) -> TaskOutput {
    guard let form = job["form_data"], form.objectValue != nil else {
      throw .malformed(reason: "{'form_data': ['Missing data for required field.']}")
    }
    let name = job["response_type"]?.stringValue ?? "json"
    guard let response = ExploreResponse(rawValue: name) else {
      throw .unsupported("the response_type '\(name)'")
    }
    let metadata = job["job_metadata"] ?? .null
    let session = try ChartSession(context)
    let request = try session.explore(form, for: response, as: try session.user(of: metadata))
    let isForced = job["force"]?.boolValue ?? false
    return try CacheLoad(session.cacheable(request, isForced: isForced), context)
      .output(reporting: metadata)
  }
}
