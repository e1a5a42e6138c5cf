// SPDX-License-Identifier: MIT
import JSONValues
import TaskRuntime
import ThumbnailTasks

/// Superset's task of this name: makes a picture of a dashboard as somebody sees it.
@main
enum CacheDashboardScreenshot: TaskProgram {
  static let name = "cache_dashboard_screenshot"
  static let summary =
    "Makes a picture of a dashboard as somebody sees it and leaves it for the cache"
  static let parameters = [
    "username", "dashboard_id", "dashboard_url", "force", "guest_token", "thumb_size",
    "window_size", "cache_key",
  ]

  static func run(_ job: JSONValue, _ context: TaskContext) throws(ThumbnailError) -> TaskOutput {
    try ThumbnailTask(try ThumbnailJob(job, of: .dashboard), context).output()
  }
}
