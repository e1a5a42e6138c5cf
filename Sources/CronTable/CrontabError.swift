// SPDX-License-Identifier: MIT

/// What is wrong with one line of a crontab.
package enum CrontabError: Error, Hashable, Sendable, CustomStringConvertible {
  case cron(CronError)
  case notUTF8
  case noSuchSetting(String)
  case badCatchUp(String)

  package var description: String {
    switch self {
    case .cron(let error): error.description
    case .notUTF8: "it is not UTF-8"
    case .noSuchSetting(let name): "there is no setting '\(name)', but CRON_TZ and CATCH_UP"
    case .badCatchUp(let text):
      "CATCH_UP '\(text)' is not a time as 90, 10m, 2h or 1d, nor 'never'"
    }
  }
}
