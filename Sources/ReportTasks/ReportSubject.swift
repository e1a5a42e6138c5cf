// SPDX-License-Identifier: MIT
import PageTasks
import SupersetMetadata

extension PageSubject {
  /// What a schedule is about.
  init(of schedule: ReportSchedule, in metadata: MetadataStore) throws(ReportFault) {
    do throws(MetadataError) {
      if let id = schedule.chart {
        self = .chart(try metadata.chart(id: id))
        return
      }
      if let id = schedule.dashboard, let look = try metadata.look(ofDashboard: id) {
        self = .dashboard(look)
        return
      }
    } catch { throw ReportFault(.unexpected("\(error)"), [], error.verdict) }
    let missing = schedule.dashboard.map { "Dashboard with id \($0) not found" }
    throw ReportFault(.unexpected(missing ?? "the schedule has no chart and no dashboard"))
  }

  var title: String {
    switch self {
    case .chart(let chart): chart.name
    case .dashboard(let look): look.title ?? ""
    }
  }
}
