// SPDX-License-Identifier: MIT
import Screenshots
import SupersetMetadata
import SupersetWeb
import TaskRuntime
import WebTasks

/// The page of a running Superset that shows a chart or a dashboard and nothing else.
package struct SupersetPage {
  private let viewer: User
  private let session: WebSession

  package init(as viewer: User, _ context: TaskContext) throws(PageError) {
    self.viewer = viewer
    do { session = try WebSession(context) } catch { throw .web(error) }
  }

  /// The page, and the part of it that is photographed.
  ///
  /// - Parameter path: of the page, below Superset's own address.
  package func page(
    _ path: String, of subject: PageSubject
  ) throws(PageError) -> (WebPage, Shot.Area) {
    let readiness: ReadinessRule
    let element: String
    switch subject {
    case .chart: (readiness, element) = (.supersetChart, ".chart-container")
    case .dashboard: (readiness, element) = (.supersetDashboard, ".standalone")
    }
    var page = WebPage(.address(session.url(path)), readiness: readiness)
    do {
      let cookie = try session.cookie(of: viewer)
      page.cookies = [WebCookie(name: cookie.name, value: cookie.value)]
    } catch { throw .web(error) }
    // Maps are drawn on tiles from elsewhere.
    page.reach = .anywhere
    return (page, .element(element))
  }
}
