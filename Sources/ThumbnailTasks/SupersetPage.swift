// SPDX-License-Identifier: MIT
import Screenshots
import SupersetMetadata
import SupersetWeb
import TaskRuntime
import Thumbnails
import WebTasks

/// The page of a running Superset that shows a chart or a dashboard and nothing else.
struct SupersetPage {
  private let job: ThumbnailJob
  private let viewer: User
  private let session: WebSession

  init(_ job: ThumbnailJob, as viewer: User, _ context: TaskContext) throws(ThumbnailError) {
    self.job = job
    self.viewer = viewer
    do { session = try WebSession(context) } catch { throw .web(error) }
  }

  /// The page, and the part of it that is photographed.
  func page() throws(ThumbnailError) -> (WebPage, Shot.Area) {
    do throws(WebTaskError) {
      let isChart = job.kind == .chart
      var page = WebPage(
        .address(session.url(path)), readiness: isChart ? .supersetChart : .supersetDashboard)
      let cookie = try session.cookie(of: viewer)
      page.cookies = [WebCookie(name: cookie.name, value: cookie.value)]
      // Maps are drawn on tiles from elsewhere.
      page.reach = .anywhere
      return (page, .element(isChart ? ".chart-container" : ".standalone"))
    } catch { throw .web(error) }
  }

  private var path: String {
    switch job.kind {
    case .chart: return "/superset/slice/\(job.id)/?standalone=true"
    case .dashboard:
      return job.address?.photographed ?? "/superset/dashboard/\(job.id)/?standalone=3"
    }
  }
}
