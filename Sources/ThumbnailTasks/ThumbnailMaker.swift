// SPDX-License-Identifier: MIT
import ChartPages
import PageTasks
import Screenshots
import SupersetConfiguration
import SupersetTasks
import TaskRuntime
import Thumbnails

/// Makes a picture: of Superset's own page, or of a page of ours.
struct ThumbnailMaker {
  private let job: ThumbnailJob
  private let subject: ThumbnailSubject
  private let superset: SupersetSession
  private let context: TaskContext

  init(
    _ job: ThumbnailJob, _ subject: ThumbnailSubject, _ superset: SupersetSession,
    _ context: TaskContext
  ) {
    self.job = job
    self.subject = subject
    self.superset = superset
    self.context = context
  }

  func picture() throws(ThumbnailError) -> [UInt8] {
    let (page, area) = try page()
    guard let window = PixelSize(job.windowSize.width, job.windowSize.height),
      let size = PixelSize(job.thumbnailSize.width, job.thumbnailSize.height)
    else { throw .malformed(reason: "the sizes are too large") }
    var shot = Shot(window: window)
    shot.area = area
    if window != size { shot.size = .filling(size) }
    do {
      return try KeptBrowser.picture(
        of: page, as: shot, superset.settings.thumbnails.browser, context)
    } catch { throw .page(error) }
  }

  private func page() throws(ThumbnailError) -> (WebPage, Shot.Area) {
    do throws(PageError) {
      switch superset.settings.thumbnailWay {
      case .web:
        return try SupersetPage(as: subject.viewer, context).page(path, of: subject.thing)
      case .native:
        let style = PageStyle(width: job.windowSize.width, height: job.windowSize.height)
        let html = try NativePage(as: subject.viewer, style, superset, context)
          .html(of: subject.thing)
        // A dashboard is as long as it is; its head is on the thumbnail.
        return (WebPage(html: html), job.kind == .chart ? .window : .page)
      }
    } catch { throw .page(error) }
  }

  private var path: String {
    switch job.kind {
    case .chart: "/superset/slice/\(job.id)/?standalone=true"
    case .dashboard:
      job.address?.photographed ?? "/superset/dashboard/\(job.id)/?standalone=3"
    }
  }
}
