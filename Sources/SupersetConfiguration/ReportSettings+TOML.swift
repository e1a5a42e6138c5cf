// SPDX-License-Identifier: MIT

extension ReportSettings {
  mutating func read(_ section: TOMLSection) throws(ConfigurationError) {
    way = try section.choice("reports", of: PictureWay.self)
    executors = try section.list("alert_reports_execute_as") ?? executors
    queryTries =
      try section.positiveNumber("alert_reports_query_execution_max_tries") ?? queryTries
    killsOverdue = try section.flag("alert_reports_working_time_out_kill") ?? killsOverdue
    hardLag = try section.positiveNumber("alert_reports_working_time_out_lag") ?? hardLag
    softLag = try section.positiveNumber("alert_reports_working_soft_time_out_lag") ?? softLag
    catchUp = try section.positiveNumber("alert_reports_catch_up") ?? catchUp
    attachesToAlerts = try section.flag("alerts_attach_reports") ?? attachesToAlerts
    friendlyBaseURL = try section.text("webdriver_baseurl_user_friendly")
    let window = try section.section("webdriver_window")
    chartWindow = try window.size("slice") ?? chartWindow
    dashboardWindow = try window.size("dashboard") ?? dashboardWindow
    pixelDensity = try window.positiveNumber("pixel_density") ?? pixelDensity
  }
}
