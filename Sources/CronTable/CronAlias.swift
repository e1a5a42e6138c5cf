// SPDX-License-Identifier: MIT

/// A word for a whole expression.
enum CronAlias: String, CaseIterable {
  case hourly = "@hourly"
  case daily = "@daily"
  case midnight = "@midnight"
  case weekly = "@weekly"
  case monthly = "@monthly"
  case yearly = "@yearly"
  case annually = "@annually"

  var expression: String {
    switch self {
    case .hourly: "0 * * * *"
    case .daily, .midnight: "0 0 * * *"
    case .weekly: "0 0 * * 0"
    case .monthly: "0 0 1 * *"
    case .yearly, .annually: "0 0 1 1 *"
    }
  }
}
