// SPDX-License-Identifier: MIT
import JSONValues
import TaskRuntime
import ThumbnailTasks

/// Superset's task of this name: makes the thumbnail of a dashboard.
@main
enum CacheDashboardThumbnail: TaskProgram {
  static let name = "cache_dashboard_thumbnail"
  static let summary = "Makes the thumbnail of a dashboard and leaves it for the cache"
  static let parameters = ["current_user", "dashboard_id", "force", "thumb_size", "window_size"]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(ThumbnailError) -> TaskOutput {
    try ThumbnailTask(try ThumbnailJob(job, of: .dashboard), context).output()
  }
}
