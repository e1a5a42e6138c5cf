// SPDX-License-Identifier: MIT
import SQLDatabases

/// What in Superset has owners, and has tasks run for it.
package enum OwnedKind: String, Hashable, Sendable, CaseIterable {
  case chart
  case dashboard
  case reportSchedule = "report schedule"

  /// - Parameter text: also the name of Superset's class for it: `Slice`, `Dashboard`, `ReportSchedule`.
  package init?(named text: String) {
    switch text.lowercased() {
    case "chart", "slice": self = .chart
    case "dashboard": self = .dashboard
    case "reportschedule", "report_schedule", "report": self = .reportSchedule
    default: return nil
    }
  }

  fileprivate var table: String {
    switch self {
    case .chart: "slices"
    case .dashboard: "dashboards"
    case .reportSchedule: "report_schedule"
    }
  }

  fileprivate var owners: (table: String, column: String) {
    switch self {
    case .chart: ("slice_user", "slice_id")
    case .dashboard: ("dashboard_user", "dashboard_id")
    case .reportSchedule: ("report_schedule_user", "report_schedule_id")
    }
  }
}

/// An object of Superset's, as far as people stand behind it; all are ids of users.
package struct OwnedObject: Hashable, Sendable {
  package let kind: OwnedKind
  package let id: Int
  package let creator: Int?
  package let modifier: Int?
  /// In the order in which they became owners.
  package let owners: [Int]

  /// - Parameter owners: none where nobody has been looked for.
  package init(
    kind: OwnedKind, id: Int, creator: Int? = nil, modifier: Int? = nil, owners: [Int] = []
  ) {
    self.kind = kind
    self.id = id
    self.creator = creator
    self.modifier = modifier
    self.owners = owners
  }
}

extension MetadataStore {
  package func owned(_ kind: OwnedKind, id: Int) throws(MetadataError) -> OwnedObject {
    let statement = SQLStatement(
      "SELECT created_by_fk, changed_by_fk FROM \(kind.table) WHERE id = ?", .integer(id))
    let found = try rows(statement) { ($0[0].integerValue, $0[1].integerValue) }
    guard let (creator, modifier) = found.first else { throw .noObject(kind, id: id) }
    let (table, column) = kind.owners
    let owners = try rows(
      SQLStatement(
        "SELECT user_id FROM \(table) WHERE \(column) = ? ORDER BY id", .integer(id))
    ) { $0[0].integerValue }
    return OwnedObject(
      kind: kind, id: id, creator: creator, modifier: modifier, owners: owners.compactMap { $0 })
  }
}
