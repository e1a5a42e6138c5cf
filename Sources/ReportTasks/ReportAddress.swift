// SPDX-License-Identifier: MIT
import PageTasks
import SupersetConfiguration
import SupersetMetadata
import SupersetWeb

/// Where the subject of a report lies: for the browser that photographs it, and for those who read of it.
struct ReportAddress: Hashable {
  /// Of the page without menus, below the address of Superset.
  let photographed: String
  /// As it stands in messages; nil where no address is known.
  let link: String?

  /// - Parameter permalink: of a dashboard in a state; nil for the dashboard as it opens.
  init(
    of subject: PageSubject, isForced: Bool, permalink: String?, _ settings: SupersetSettings
  ) {
    let force = isForced ? "true" : "false"
    let page: String
    switch subject {
    case .chart(let chart):
      let form = "%7B%22slice_id%22%3A%20\(chart.id)%7D"
      photographed = "/explore/?form_data=\(form)&force=\(force)&standalone=true"
      page = "/explore/?form_data=%7B%22slice_id%22:+\(chart.id)%7D&force=\(force)"
    case .dashboard(let look):
      let place = permalink ?? "/superset/dashboard/\(look.uuid ?? "\(look.id)")/"
      photographed = "\(place)?force=\(force)&standalone=3"
      page = permalink ?? "\(place)?force=\(force)"
    }
    let base = settings.reports.friendlyBaseURL ?? settings.web.baseURL
    link = base.flatMap(WebAddress.init)?.url(page)
  }
}
