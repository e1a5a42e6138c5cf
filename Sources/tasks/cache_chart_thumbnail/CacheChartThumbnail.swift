// SPDX-License-Identifier: MIT
import JSONValues
import TaskRuntime
import ThumbnailTasks

/// Superset's task of this name: makes the thumbnail of a chart.
@main
enum CacheChartThumbnail: TaskProgram {
  static let name = "cache_chart_thumbnail"
  static let summary = "Makes the thumbnail of a chart and leaves it for the cache"
  static let parameters = ["current_user", "chart_id", "force", "window_size", "thumb_size"]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(ThumbnailError) -> TaskOutput {
    try ThumbnailTask(try ThumbnailJob(job, of: .chart), context).output()
  }
}
