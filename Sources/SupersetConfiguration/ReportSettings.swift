// SPDX-License-Identifier: MIT

/// How alerts and reports are scheduled and run.
package struct ReportSettings: Hashable, Sendable {
  /// Nil: from Superset's pages where a web server is known.
  package var way: PictureWay?
  /// ALERT_REPORTS_EXECUTE_AS, as they are written.
  package var executors = ["owner"]
  /// ALERT_REPORTS_QUERY_EXECUTION_MAX_TRIES: how often the query of an alert is tried in one run.
  package var queryTries = 1
  /// ALERT_REPORTS_WORKING_TIME_OUT_KILL: whether a run that takes too long is ended.
  package var killsOverdue = true
  /// ALERT_REPORTS_WORKING_TIME_OUT_LAG, in seconds: how long after its timeout a run is killed.
  package var hardLag = 10
  /// ALERT_REPORTS_WORKING_SOFT_TIME_OUT_LAG: how long after its timeout a run is told to end.
  package var softLag = 1
  /// Seconds for which a scheduler that comes late makes up for runs.
  package var catchUp = 3600
  /// ALERTS_ATTACH_REPORTS: whether alerts come with a picture or a file.
  package var attachesToAlerts = true
  /// WEBDRIVER_WINDOW: of charts, of dashboards, and how many pixels of a picture each of theirs is.
  package var chartWindow = [3000, 1200]
  package var dashboardWindow = [1600, 2000]
  package var pixelDensity = 1
  /// WEBDRIVER_BASEURL_USER_FRIENDLY: what stands in mails; nil for the address that pictures are taken of.
  package var friendlyBaseURL: String?
}
