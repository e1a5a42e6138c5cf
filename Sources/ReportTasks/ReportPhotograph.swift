// SPDX-License-Identifier: MIT
import ChartPages
import JSONValues
import PageTasks
import Reports
import Screenshots
import SupersetConfiguration
import SupersetMetadata
import SupersetTasks
import TaskRuntime

/// The picture of a report: of Superset's own page, or of a page of ours.
struct ReportPhotograph {
  private let schedule: ReportSchedule
  private let subject: PageSubject
  private let viewer: User
  private let address: ReportAddress
  private let superset: SupersetSession
  private let context: TaskContext

  init(
    _ schedule: ReportSchedule, _ subject: PageSubject, as viewer: User,
    at address: ReportAddress, _ superset: SupersetSession, _ context: TaskContext
  ) {
    self.schedule = schedule
    self.subject = subject
    self.viewer = viewer
    self.address = address
    self.superset = superset
    self.context = context
  }

  func picture() throws(ReportFault) -> [UInt8] {
    let window = try window()
    do throws(PageError) {
      let (page, area) = try page(in: window)
      var shot = Shot(window: window)
      shot.area = area
      shot.density = Double(superset.settings.reports.pixelDensity)
      return try KeptBrowser.picture(
        of: page, as: shot, superset.settings.thumbnails.browser, context)
    } catch { throw Self.fault(error) }
  }

  /// One page, as large as the picture.
  func document() throws(ReportFault) -> [UInt8] {
    let picture = try picture()
    guard let page = PicturePage(png: picture) else {
      throw ReportFault(.pdfFailed("the picture is no PNG"), [], .bug)
    }
    var shot = Shot(window: try window())
    shot.format = .pdf
    do {
      return try KeptBrowser.picture(
        of: WebPage(html: page.html), as: shot, superset.settings.thumbnails.browser, context)
    } catch {
      if case .screenshot(.cancelled) = error { throw ReportFault(.screenshotTimeout) }
      throw ReportFault(.pdfFailed("\(error)"), [], error.verdict)
    }
  }

  private func window() throws(ReportFault) -> PixelSize {
    let settings = superset.settings.reports
    var usual: [Int]
    switch subject {
    case .chart: usual = settings.chartWindow
    case .dashboard: usual = settings.dashboardWindow
    }
    // Our dashboards are as long as they are: a tall window would only put blank below them.
    if case .dashboard = subject, superset.settings.reportWay == .native { usual[1] = 100 }
    let (width, height) = (schedule.customWidth ?? usual[0], schedule.customHeight ?? usual[1])
    guard let size = PixelSize(width, height) else {
      let reason = "a window has no size of \(width)x\(height)"
      throw ReportFault(.screenshotFailed("Failed taking a screenshot \(reason)"))
    }
    return size
  }

  private func page(in window: PixelSize) throws(PageError) -> (WebPage, Shot.Area) {
    switch superset.settings.reportWay {
    case .web: return try SupersetPage(as: viewer, context).page(address.photographed, of: subject)
    case .native:
      let style = PageStyle(width: window.width, height: window.height)
      let html = try NativePage(as: viewer, style, superset, context).html(
        of: subject, in: schedule.dashboardState)
      if case .chart = subject { return (WebPage(html: html), .window) }
      return (WebPage(html: html), .page)
    }
  }

  private static func fault(_ error: PageError) -> ReportFault {
    switch error {
    case .screenshot(.cancelled), .charts(.timedOut): ReportFault(.screenshotTimeout)
    default:
      ReportFault(
        .screenshotFailed("Failed taking a screenshot \(error)"), [], error.verdict)
    }
  }
}
