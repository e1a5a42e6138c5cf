// SPDX-License-Identifier: MIT
import ChartTasks
import JSONValues
import TaskRuntime

/// Superset's task of this name: the data of a chart, computed once and left for the cache.
@main
enum LoadChartDataIntoCache: TaskProgram {
  static let name = "load_chart_data_into_cache"
  static let summary = "Computes the data of a chart and leaves it for the cache"
  static let parameters = ["job_metadata", "form_data"]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(ChartTaskError) -> TaskOutput {
    guard let formData = job["form_data"], formData.objectValue != nil else {
      throw .malformed(reason: "{'form_data': ['Missing data for required field.']}")
    }
    let metadata = job["job_metadata"] ?? .null
    let session = try ChartSession(context)
    let request = try session.request(formData, as: try session.user(of: metadata))
    return try CacheLoad(session.cacheable(request), context).output(reporting: metadata)
  }
}
