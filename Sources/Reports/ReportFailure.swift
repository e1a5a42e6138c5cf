// SPDX-License-Identifier: MIT

/// What a run of a report can fail by: Superset's exceptions, with their names, numbers and texts.
package enum ReportFailure: Error, Hashable, Sendable, CustomStringConvertible {
  case notFound(id: Int)
  case previousWorking
  case workingTimeout
  case alertQuery
  case alertQueryTimeout
  case alertMultipleRows(Int)
  case alertMultipleColumns(Int)
  case alertInvalidType
  case alertValidatorConfig
  case screenshotTimeout
  case screenshotFailed(String?)
  case pdfFailed(String?)
  case csvTimeout
  case csvFailed(String?)
  case dataFrameTimeout
  case dataFrameFailed(String?)
  /// `last_state` is none of the states.
  case stateNotFound
  /// Recipients that could not be told, none of them for a fault of the system.
  case clientErrors([String])
  case systemErrors([String])
  case unexpected(String)

  /// The name of Superset's class.
  package var name: String { facts.name }

  /// As an HTTP server would say it.
  package var status: Int { facts.status }

  package var description: String { facts.text }

  private var facts: (name: String, status: Int, text: String) {
    switch self {
    case .notFound: ("ReportScheduleNotFoundError", 404, "Report Schedule not found.")
    case .previousWorking:
      (
        "ReportSchedulePreviousWorkingError", 429,
        "Report Schedule is still working, refusing to re-compute."
      )
    case .workingTimeout:
      ("ReportScheduleWorkingTimeoutError", 408, "Report Schedule reached a working timeout.")
    case .alertQuery: ("AlertQueryError", 400, "An error occurred when running alert query")
    case .alertQueryTimeout:
      ("AlertQueryTimeout", 408, "A timeout occurred while executing the query.")
    case .alertMultipleRows(let count):
      (
        "AlertQueryMultipleRowsError", 422,
        "Alert query returned more than one row. \(count) rows returned"
      )
    case .alertMultipleColumns(let count):
      (
        "AlertQueryMultipleColumnsError", 422,
        "Alert query returned more than one column. \(count) columns returned"
      )
    case .alertInvalidType:
      ("AlertQueryInvalidTypeError", 422, "Alert query returned a non-number value.")
    case .alertValidatorConfig:
      ("AlertValidatorConfigError", 422, "Alert validator config error.")
    case .screenshotTimeout:
      ("ReportScheduleScreenshotTimeout", 408, "A timeout occurred while taking a screenshot.")
    case .screenshotFailed(let text):
      (
        "ReportScheduleScreenshotFailedError", 500,
        text ?? "Report Schedule execution failed when generating a screenshot."
      )
    case .pdfFailed(let text):
      (
        "ReportSchedulePdfFailedError", 500,
        text ?? "Report Schedule execution failed when generating a pdf."
      )
    case .csvTimeout:
      ("ReportScheduleCsvTimeout", 408, "A timeout occurred while generating a csv.")
    case .csvFailed(let text):
      (
        "ReportScheduleCsvFailedError", 500,
        text ?? "Report Schedule execution failed when generating a csv."
      )
    case .dataFrameTimeout:
      ("ReportScheduleDataFrameTimeout", 408, "A timeout occurred while generating a dataframe.")
    case .dataFrameFailed(let text):
      (
        "ReportScheduleDataFrameFailedError", 500,
        text ?? "Report Schedule execution failed when generating a dataframe."
      )
    case .stateNotFound:
      ("ReportScheduleStateNotFoundError", 500, "Report Schedule state not found")
    case .clientErrors(let texts):
      ("ReportScheduleClientErrorsException", 400, texts.joined(separator: ";"))
    case .systemErrors(let texts):
      ("ReportScheduleSystemErrorsException", 500, texts.joined(separator: ";"))
    case .unexpected(let text): ("ReportScheduleUnexpectedError", 500, text)
    }
  }
}
