// SPDX-License-Identifier: MIT
import SQLDatabases

extension MetadataStore {
  /// All that are active, in the order of their numbers.
  package func activeReports() throws(MetadataError) -> [ReportTiming] {
    let statement = SQLStatement(
      """
      SELECT id, name, crontab, timezone, working_timeout FROM report_schedule
      WHERE active IS TRUE ORDER BY id
      """)
    return try rows(statement) { row in
      ReportTiming(
        id: row[0].integerValue ?? 0, name: row[1].textValue ?? "",
        crontab: row[2].textValue ?? "", timezone: row[3].textValue ?? "",
        workingTimeout: row[4].integerValue)
    }
  }

  package func reports() throws(MetadataError) -> [ReportSchedule] {
    try rows(SQLStatement(Self.schedules + " ORDER BY id"), Self.schedule)
  }

  package func report(id: Int) throws(MetadataError) -> ReportSchedule {
    let found = try rows(
      SQLStatement(Self.schedules + " WHERE id = ?", .integer(id)), Self.schedule)
    guard let schedule = found.first else { throw .noObject(.reportSchedule, id: id) }
    return schedule
  }

  package func recipients(ofReport id: Int) throws(MetadataError) -> [ReportRecipient] {
    let statement = SQLStatement(
      """
      SELECT id, type, recipient_config_json FROM report_recipient
      WHERE report_schedule_id = ? ORDER BY id
      """, .integer(id))
    return try rows(statement) { row in
      ReportRecipient(
        id: row[0].integerValue ?? 0, type: row[1].textValue ?? "",
        settings: row[2].textValue ?? "{}")
    }
  }

  /// Of those who can be told: owners that may log in and have an address.
  package func ownerAddresses(ofReport id: Int) throws(MetadataError) -> [String] {
    let statement = SQLStatement(
      """
      SELECT ab_user.email FROM ab_user
      JOIN report_schedule_user ON report_schedule_user.user_id = ab_user.id
      WHERE report_schedule_user.report_schedule_id = ? AND ab_user.active IS TRUE
      ORDER BY report_schedule_user.id
      """, .integer(id))
    return try rows(statement) { $0[0].filledText }.compactMap { $0 }
  }

  private static let schedules = """
    SELECT id, type, name, description, active, crontab, timezone, report_format, sql, chart_id,
      dashboard_id, database_id, last_state, last_eval_dttm, last_value, last_value_row_json,
      validator_type, validator_config_json, grace_period, working_timeout, extra_json,
      force_screenshot, custom_width, custom_height, email_subject
    FROM report_schedule
    """

  private static func schedule(_ row: any SQLRow) -> ReportSchedule {
    ReportSchedule(
      id: row[0].integerValue ?? 0, kind: row[1].textValue == "Alert" ? .alert : .report,
      name: row[2].textValue ?? "", description: row[3].filledText, isActive: row[4].isTrue,
      crontab: row[5].textValue ?? "", timezone: row[6].textValue ?? "UTC",
      format: row[7].filledText ?? "PNG", sql: row[8].filledText, chart: row[9].integerValue,
      dashboard: row[10].integerValue, database: row[11].integerValue,
      lastState: row[12].filledText, lastEvaluated: row[13].timestamp,
      lastValue: row[14].realValue, lastValueRow: row[15].textValue,
      validator: row[16].filledText, validatorSettings: row[17].filledText,
      gracePeriod: row[18].integerValue, workingTimeout: row[19].integerValue,
      extra: row[20].filledText, isForced: row[21].isTrue, customWidth: row[22].integerValue,
      customHeight: row[23].integerValue, emailSubject: row[24].filledText)
  }
}

extension MetadataStore {
  /// The database that an alert asks.
  package func database(id: Int) throws(MetadataError) -> DatasetDatabase {
    let statement = SQLStatement(
      """
      SELECT database_name, sqlalchemy_uri, cache_timeout, password FROM dbs WHERE id = ?
      """, .integer(id))
    let found = try rows(statement) { row in
      DatasetDatabase(
        id: id, name: row[0].textValue ?? "", uri: row[1].textValue ?? "",
        cacheTimeout: row[2].integerValue, encryptedPassword: row[3].bytesAsText)
    }
    guard let database = found.first else { throw .noDatabase(id: id) }
    return database
  }
}
