// SPDX-License-Identifier: MIT
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
    let browser = context.memory.kept { KeptBrowser(superset.settings.thumbnails.browser, context) }
    do {
      let picture = try browser.browser(superset.settings.thumbnails.browser)
        .picture(of: page, as: shot)
      for warning in picture.warnings { context.log(warning) }
      return picture.bytes
    } catch { throw .screenshot(error) }
  }

  private func page() throws(ThumbnailError) -> (WebPage, Shot.Area) {
    let settings = superset.settings
    switch settings.thumbnails.way ?? (settings.web.baseURL == nil ? .native : .web) {
    case .web: return try SupersetPage(job, as: subject.viewer, context).page()
    case .native:
      let html = try NativePage(job, subject, superset, context).html()
      // A dashboard is as long as it is; its head is on the thumbnail.
      return (WebPage(html: html), job.kind == .chart ? .window : .page)
    }
  }
}
