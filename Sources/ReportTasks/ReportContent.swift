// SPDX-License-Identifier: MIT
import ChartQueries
import ChartTasks
import JSONValues
import Notifications
import PageTasks
import Reports
import SupersetMetadata
import SupersetTasks
import TaskRuntime

/// What comes along with a message: pictures, a file or a table.
struct ReportContent {
  var pictures: [[UInt8]] = []
  var pdf: [UInt8]?
  var csv: [UInt8]?
  var table: NotificationTable?
}

/// Makes it, in the name of the one in whose name the schedule runs.
struct ContentMaker {
  private let schedule: ReportSchedule
  private let subject: PageSubject
  private let viewer: User
  private let superset: SupersetSession
  private let context: TaskContext

  init(
    _ schedule: ReportSchedule, _ subject: PageSubject, as viewer: User,
    _ superset: SupersetSession, _ context: TaskContext
  ) {
    self.schedule = schedule
    self.subject = subject
    self.viewer = viewer
    self.superset = superset
    self.context = context
  }

  /// - Parameter address: of the page where Superset's own is photographed.
  func content(at address: ReportAddress) throws(ReportFault) -> ReportContent {
    var content = ReportContent()
    let isAttached = superset.settings.reports.attachesToAlerts || schedule.kind == .report
    switch (schedule.format, subject) {
    case ("PNG", _) where isAttached: content.pictures = [try photograph(address).picture()]
    case ("PDF", _) where isAttached: content.pdf = try photograph(address).document()
    case ("CSV", .chart(let chart)) where isAttached: content.csv = try csv(of: chart)
    case ("TEXT", .chart(let chart)): content.table = try table(of: chart)
    // Of dashboards Superset sends the link alone in these formats.
    case ("PNG", _), ("PDF", _), ("CSV", _), ("TEXT", _): break
    default: throw ReportFault(.unexpected("the format '\(schedule.format)' is unknown"))
    }
    return content
  }

  private func photograph(_ address: ReportAddress) -> ReportPhotograph {
    ReportPhotograph(schedule, subject, as: viewer, at: address, superset, context)
  }

  private func csv(of chart: Chart) throws(ReportFault) -> [UInt8] {
    let words = ContentWords(
      timeout: .csvTimeout, name: "csv", failed: ReportFailure.csvFailed)
    let bytes = try answer(of: chart, as: "csv", words)
    guard !bytes.isEmpty else { throw ReportFault(.csvFailed(nil)) }
    return bytes
  }

  private func table(of chart: Chart) throws(ReportFault) -> NotificationTable {
    let words = ContentWords(
      timeout: .dataFrameTimeout, name: "dataframe", failed: ReportFailure.dataFrameFailed)
    let bytes = try answer(of: chart, as: "json", words)
    let document = try? JSONValue(parsing: bytes)
    guard let result = document?["result"]?.arrayValue?.first,
      let table = ReportTable.table(from: result)
      // Superset's name for an empty table, too.
    else { throw ReportFault(.csvFailed(nil)) }
    return table
  }

  /// What Superset's web server would answer to whoever asks for the chart's data in this form.
  private func answer(
    of chart: Chart, as format: String, _ words: ContentWords
  ) throws(ReportFault) -> [UInt8] {
    guard chart.queryContext != nil else { throw ReportFault(words.failed(Self.noContext)) }
    do throws(ChartTaskError) {
      let charts = try ChartSession(context)
      let request = try charts.request(
        chart: chart.id, type: "post_processed", format: format, as: viewer)
      var collected = CollectedAnswer()
      _ = try charts.answer(
        request, .computed, to: &collected)
      return collected.bytes
    } catch {
      guard error != .timedOut else { throw ReportFault(words.timeout) }
      let text = "Failed generating \(words.name) \(error)"
      throw ReportFault(words.failed(text), [], error.verdict)
    }
  }

  private static let noContext = """
    Unable to fetch data because the chart has no query context saved. Please try loading the \
    chart and saving it again.
    """
}

/// How Superset calls what goes wrong with a kind of content.
private struct ContentWords {
  let timeout: ReportFailure
  let name: String
  let failed: (String?) -> ReportFailure
}
